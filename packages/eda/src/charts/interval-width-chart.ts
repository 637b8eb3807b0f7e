import { ChurnError, requireParameter, wilsonInterval } from '@churn/core';
import { quantilesOf } from '../profile/quantiles.js';
import { equalCountBins } from './equal-count-bins.js';
import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSameLength } from './figure.js';
import { type PredictedValues, requirePredicted } from './prediction-error-chart.js';
import { COLOURS } from './theme.js';

/** Predictions for rows, their intervals, and the actual values. */
export interface PredictedIntervals extends PredictedValues {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface IntervalWidthOptions extends ChartTitle {
  /** The nominal coverage, from 0 to 1, drawn as a line. */
  readonly coverage?: number;
  /** The unit of the values, for the axis titles. */
  readonly unit?: string;
}

const WIDTH = 480;
/** Rows are summed up in so many bins of predictions, with at least this many rows each. */
const [MAX_BINS, MIN_ROWS] = [10, 20];

/**
 * The width and coverage of prediction intervals by prediction: for each decile of the predictions, the median width with the middle 80
 * %, and the share of rows in their interval with its 95 % Wilson interval. It reveals intervals that have the right coverage overall,
 * but not for large predictions.
 *
 * @throws `invalid-data` if there is no row, if lengths differ, a number is not finite or an interval ends below its start;
 * `invalid-parameter` for `coverage`.
 */
export function intervalWidthChart(
  { actual, predicted, low, high }: PredictedIntervals,
  { title = 'Prediction intervals', subtitle, coverage, unit }: IntervalWidthOptions = {},
): ChartSpec {
  requirePredicted('intervalWidthChart', { actual, predicted });
  for (const [what, ends] of [
    ['lower ends', low],
    ['upper ends', high],
  ] as const) {
    requireSameLength('intervalWidthChart', [what, 'rows'], ends, actual);
    requireFinite('intervalWidthChart', what, ends);
  }
  requireInOrder(low, high);
  requireParameter(
    coverage === undefined || (coverage >= 0 && coverage <= 1),
    'coverage',
    'a number from 0 to 1',
    coverage,
  );
  const bins = equalCountBins(predicted, MAX_BINS, MIN_ROWS).map((rows) => {
    const widths = Float64Array.from(rows, (row) => high[row] - low[row]);
    const [lowWidth, width, highWidth] = quantilesOf(widths, [0.1, 0.5, 0.9]);
    const held = rows.filter((row) => actual[row] >= low[row] && actual[row] <= high[row]).length;
    const [lowShare, highShare] = wilsonInterval(held, rows.length);
    return {
      // The rows of a bin are in the order of their predictions.
      predicted: predicted[rows[Math.floor(rows.length / 2)]],
      ...{ lowWidth, width, highWidth, share: held / rows.length, lowShare, highShare },
      rows: rows.length,
    };
  });
  const titled = (what: string) => (unit === undefined ? what : `${what} (${unit})`);
  const x = {
    field: 'predicted',
    type: 'quantitative' as const,
    title: titled('predicted'),
    scale: { zero: false },
    axis: { labelOverlap: 'greedy' as const, tickCount: 6 },
  };
  const said = `by deciles of the predictions${coverage === undefined ? '' : '; dashed line: nominal coverage'}`;
  return figure(
    { title, subtitle: subtitle ?? said },
    {
      data: { values: bins },
      spacing: 24,
      vconcat: [
        {
          width: WIDTH,
          height: 190,
          layer: [
            {
              mark: { type: 'area', color: COLOURS.negative, opacity: 0.18 },
              encoding: {
                x,
                y: { field: 'lowWidth', type: 'quantitative', title: titled('interval width') },
                y2: { field: 'highWidth' },
              },
            },
            {
              mark: {
                type: 'line',
                color: COLOURS.negative,
                strokeWidth: 2,
                point: { color: COLOURS.negative },
              },
              encoding: {
                x,
                y: { field: 'width', type: 'quantitative' },
                tooltip: tooltipOf('width', ',.4~g'),
              },
            },
          ],
        },
        {
          width: WIDTH,
          height: 150,
          layer: [
            ...(coverage === undefined
              ? []
              : [
                  {
                    data: { values: [{ coverage }] },
                    mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.reference },
                    encoding: { y: { field: 'coverage', type: 'quantitative' as const } },
                  },
                ]),
            {
              mark: { type: 'rule', color: COLOURS.positive, strokeWidth: 2 },
              encoding: {
                x,
                y: {
                  field: 'lowShare',
                  type: 'quantitative',
                  title: 'coverage',
                  axis: { format: '~%', tickCount: 5 },
                  scale: { zero: false },
                },
                y2: { field: 'highShare' },
              },
            },
            {
              mark: { type: 'circle', color: COLOURS.positive, size: 60, opacity: 1 },
              encoding: {
                x,
                y: { field: 'share', type: 'quantitative' },
                tooltip: tooltipOf('share', '.1%'),
              },
            },
          ],
        },
      ],
    },
  );
}

function tooltipOf(field: string, format: string) {
  return [
    { field: 'predicted', type: 'quantitative' as const, format: ',.4~g' },
    { field, type: 'quantitative' as const, format },
    { field: 'rows', type: 'quantitative' as const, format: ',' },
  ];
}

function requireInOrder(low: ArrayLike<number>, high: ArrayLike<number>): void {
  for (let row = 0; row < low.length; row++) {
    if (low[row] <= high[row]) continue;
    throw new ChurnError(
      'invalid-data',
      `intervalWidthChart: expected intervals that end above their start, got ${low[row]} to ${high[row]} at place ${row}`,
    );
  }
}
