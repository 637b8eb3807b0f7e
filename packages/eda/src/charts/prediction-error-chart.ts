import { suitedScale } from '../profile/suited-scale.js';
import { drawnRange, outsideRowsNote } from './drawn-range.js';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  requireAboveZero,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { rowCloud } from './row-cloud.js';
import { COLOURS } from './theme.js';

/** Predictions for rows, and the actual values. */
export interface PredictedValues {
  readonly actual: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

export interface PredictionErrorOptions extends ChartTitle {
  /** The unit of the values, for the axis titles. */
  readonly unit?: string;
  /** The scale of both axes. Default: `suitedScale` of all values. */
  readonly scale?: 'linear' | 'log';
}

const SIDE = 400;

/**
 * Predicted against actual values; on the dashed line they are equal. More than 1,000 rows are drawn as hexagons, coloured by their
 * number of rows. Extreme outliers are not drawn, and their number is stated.
 *
 * @throws `invalid-data` if there is no row, if lengths differ or an amount is not a finite number, and for a logarithmic scale if an
 * amount is not above 0.
 */
export function predictionErrorChart(
  { actual, predicted }: PredictedValues,
  {
    title = 'Predicted and actual values',
    subtitle = 'dashed line: perfect predictions',
    unit,
    scale,
  }: PredictionErrorOptions = {},
): ChartSpec {
  requirePredicted('predictionErrorChart', { actual, predicted });
  const all = Float64Array.from({ length: 2 * actual.length }, (_, i) =>
    i < actual.length ? actual[i] : predicted[i - actual.length],
  );
  const isLog = (scale ?? suitedScale(all)) === 'log';
  if (isLog) requireAboveZero('predictionErrorChart', all);
  const range = isLog ? wholeRange(all) : drawnRange(all);
  const axis = (what: string) => ({
    title: unit === undefined ? what : `${what} (${unit})`,
    isLog,
    ...range,
  });
  const cloud = rowCloud(
    actual,
    predicted,
    { x: axis('actual'), y: axis('predicted') },
    { width: SIDE, height: SIDE },
  );
  return figure(
    { title, subtitle, note: outsideRowsNote(cloud.outside) },
    {
      width: SIDE,
      height: SIDE,
      layer: [
        cloud.layer,
        {
          data: { values: cloud.x.scale.domain.map((end) => ({ x: end, y: end })) },
          mark: { type: 'line', strokeDash: [4, 4], color: COLOURS.line, strokeWidth: 1.2 },
          encoding: { x: cloud.x, y: cloud.y },
        },
      ],
    },
  );
}

/** @throws `invalid-data` unless there are rows with a finite amount and prediction each. */
export function requirePredicted(chart: string, { actual, predicted }: PredictedValues): void {
  requireSome(chart, 'rows', actual);
  requireSameLength(chart, ['predictions', 'actual values'], predicted, actual);
  requireFinite(chart, 'actual values', actual);
  requireFinite(chart, 'predictions', predicted);
}

/** Logarithms draw values far out together already. */
function wholeRange(amounts: Float64Array): { readonly from: number; readonly to: number } {
  let [from, to] = [amounts[0], amounts[0]];
  for (const amount of amounts) {
    from = Math.min(from, amount);
    to = Math.max(to, amount);
  }
  return from < to ? { from, to } : { from: from / 2, to: to * 2 };
}
