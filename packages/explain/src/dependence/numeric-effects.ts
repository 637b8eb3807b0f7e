import { lowerBound, requireParameter, type Table } from '@churn/core';
import type { ModelOutput } from '../model-output.js';
import { quantiles } from './grid.js';

/** The accumulated effects at the ends of the intervals, and the number of rows in each interval. */
export interface NumericEffects {
  readonly grid: readonly number[];
  readonly effects: Float64Array;
  readonly counts: Int32Array;
}

/** The accumulated local effects of a numeric column. @throws `invalid-parameter` unless it has at least two distinct numbers. */
export function numericEffects(
  { of }: ModelOutput,
  x: Table,
  column: string,
  nIntervals: number,
): NumericEffects {
  const values = x.numeric(column);
  const grid = quantiles(values, nIntervals + 1);
  requireParameter(grid.length > 1, 'column', 'a column with at least two distinct values', column);
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const known = x.take(rows);
  const intervals = Int32Array.from(rows, (row) => intervalOf(grid, values[row]));
  const [below, above] = [0, 1].map((end) =>
    of(known.with({ [column]: Float64Array.from(intervals, (interval) => grid[interval + end]) })),
  );
  const counts = new Int32Array(grid.length - 1);
  const sums = new Float64Array(grid.length - 1);
  intervals.forEach((interval, i) => {
    counts[interval]++;
    sums[interval] += above[i] - below[i];
  });
  const effects = new Float64Array(grid.length);
  let mean = 0;
  counts.forEach((count, k) => {
    effects[k + 1] = effects[k] + (count === 0 ? 0 : sums[k] / count);
    mean += (count / rows.length) * ((effects[k] + effects[k + 1]) / 2);
  });
  return { grid, effects: effects.map((effect) => effect - mean), counts };
}

/** The index of the interval that contains a number. Intervals exclude their lower ends, except the first. */
function intervalOf(grid: readonly number[], value: number): number {
  return Math.min(Math.max(lowerBound(grid, value), 1), grid.length - 1) - 1;
}
