import { intervalEnds, type ValueInterval } from '../model/value-interval.js';

/** The intervals of test rows with similar predictions. */
export type IntervalFifth = {
  readonly rows: number;
  /** The smallest and the largest prediction. */
  readonly from: number;
  readonly to: number;
  /** The mean width of the intervals. */
  readonly width: number;
  /** The share of rows whose value is in the interval. */
  readonly coverage: number;
};

const FIFTHS = 5;

/**
 * The coverage of intervals in each fifth of the predictions, lowest first; the overall coverage could hide a low coverage of large values.
 */
export function intervalFifths(
  interval: ValueInterval,
  actual: Float64Array,
  predicted: Float64Array,
): IntervalFifth[] {
  const { low, high } = intervalEnds(interval, predicted);
  const order = Array.from(predicted.keys()).sort((a, b) => predicted[a] - predicted[b]);
  const fifths: IntervalFifth[] = [];
  for (let part = 0; part < FIFTHS; part++) {
    const [start, end] = [part, part + 1].map((each) => Math.round((each * order.length) / FIFTHS));
    const rows = order.slice(start, end);
    if (rows.length === 0) continue;
    const mean = (of: (row: number) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    fifths.push({
      rows: rows.length,
      from: predicted[rows[0]],
      to: predicted[rows[rows.length - 1]],
      width: mean((row) => high[row] - low[row]),
      coverage: mean((row) => Number(actual[row] >= low[row] && actual[row] <= high[row])),
    });
  }
  return fifths;
}
