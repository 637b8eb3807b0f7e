import { quantilesOf } from '../profile/quantiles.js';
import { drawnRange, outsideRowsNote } from './drawn-range.js';
import { equalCountBins } from './equal-count-bins.js';
import { type ChartSpec, type ChartTitle, figure } from './figure.js';
import { type PredictedValues, requirePredicted } from './prediction-error-chart.js';
import { rowCloud } from './row-cloud.js';
import { COLOURS } from './theme.js';

export interface ResidualChartOptions extends ChartTitle {
  /** The unit of the values, for the axis titles. */
  readonly unit?: string;
}

const [WIDTH, HEIGHT] = [520, 320];
/** Residuals are summed up in so many bins of predictions, with at least this many rows each. */
const [MAX_BINS, MIN_ROWS] = [10, 20];

/**
 * Residuals, actual minus predicted, against predictions. The orange line is the median residual in each decile of the predictions, and
 * the middle 80 % are between the thin lines: a median away from 0 shows bias, and diverging lines show an error that grows. More than
 * 1,000 rows are drawn as hexagons; extreme outliers are not drawn, and their number is stated.
 *
 * @throws `invalid-data` if there is no row, if lengths differ or an amount is not a finite number.
 */
export function residualChart(
  { actual, predicted }: PredictedValues,
  { title = 'Residuals by prediction', subtitle, unit }: ResidualChartOptions = {},
): ChartSpec {
  requirePredicted('residualChart', { actual, predicted });
  const residuals = Float64Array.from(actual, (amount, row) => amount - predicted[row]);
  const titled = (what: string) => (unit === undefined ? what : `${what} (${unit})`);
  const cloud = rowCloud(
    predicted,
    residuals,
    {
      x: { title: titled('predicted'), ...drawnRange(Float64Array.from(predicted)) },
      y: { title: titled('actual - predicted'), ...drawnRange(residuals) },
    },
    { width: WIDTH, height: HEIGHT },
  );
  const bands = bandsOf(predicted, residuals);
  const { x, y } = cloud;
  const said =
    bands.length > 0
      ? 'thick line: median; thin lines: middle 80%, by deciles of the predictions'
      : undefined;
  return figure(
    { title, subtitle: subtitle ?? said, note: outsideRowsNote(cloud.outside) },
    {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        cloud.layer,
        {
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', strokeDash: [4, 4], color: COLOURS.line, strokeWidth: 1.2 },
          encoding: { y: { ...y, field: 'zero' } },
        },
        ...(['low', 'high'] as const).map((field) => ({
          data: { values: bands },
          mark: { type: 'line' as const, color: COLOURS.positive, strokeWidth: 1.2, clip: true },
          encoding: { x, y: { ...y, field } },
        })),
        {
          data: { values: bands },
          mark: {
            type: 'line',
            color: COLOURS.positive,
            strokeWidth: 2.2,
            point: { color: COLOURS.positive },
            clip: true,
          },
          encoding: { x, y: { ...y, field: 'median' } },
        },
      ],
    },
  );
}

/** The spread of the residuals by predictions; none if there are too few rows for two bins. */
function bandsOf(predicted: ArrayLike<number>, residuals: Float64Array) {
  const bins = equalCountBins(predicted, MAX_BINS, MIN_ROWS);
  if (bins.length < 2) return [];
  return bins.map((rows) => {
    const [low, median, high] = quantilesOf(
      Float64Array.from(rows, (row) => residuals[row]),
      [0.1, 0.5, 0.9],
    );
    // The rows of a bin are in the order of their predictions.
    return { x: predicted[rows[Math.floor(rows.length / 2)]], low, median, high };
  });
}
