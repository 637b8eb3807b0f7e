import { ChurnError, requireParameter } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { COLOURS, PALETTE } from './theme.js';
import { thinCurve } from './thin-curve.js';

/** Precision–recall curves by threshold, as returned by `precisionRecallCurve`. */
export interface ThresholdCurve {
  readonly thresholds: ArrayLike<number>;
  /** At least as long as `thresholds`; further points are ignored. */
  readonly precision: ArrayLike<number>;
  readonly recall: ArrayLike<number>;
}

export interface ThresholdChartOptions extends ChartTitle {
  /** The threshold in use, drawn as a line. */
  readonly chosen?: number;
}

/**
 * Precision, recall and F1 by decision threshold.
 *
 * @throws `invalid-data` if there is no threshold, or one without a precision or recall, or a number that is not finite;
 * `invalid-parameter` if `chosen` is not between 0 and 1.
 */
export function thresholdChart(
  { thresholds, precision, recall }: ThresholdCurve,
  { title = 'Decision threshold', subtitle, chosen }: ThresholdChartOptions = {},
): ChartSpec {
  requireSome('thresholdChart', 'thresholds', thresholds);
  for (const [what, numbers] of Object.entries({ precision, recall })) {
    if (numbers.length < thresholds.length) {
      throw new ChurnError(
        'invalid-data',
        `thresholdChart: expected a ${what} for each of ${thresholds.length} thresholds, got ${numbers.length}`,
      );
    }
    requireFinite('thresholdChart', what, numbers);
  }
  requireFinite('thresholdChart', 'thresholds', thresholds);
  requireParameter(
    chosen === undefined || (chosen >= 0 && chosen <= 1),
    'chosen',
    'a number from 0 to 1',
    chosen,
  );
  const figures = ['precision', 'recall', 'F1'] as const;
  const rows = thinCurve(thresholds, recall).flatMap((i) => {
    const [p, r] = [precision[i], recall[i]];
    const f1 = p + r > 0 ? (2 * p * r) / (p + r) : 0;
    return [p, r, f1].map((value, k) => ({ threshold: thresholds[i], figure: figures[k], value }));
  });
  const x = {
    field: 'threshold',
    type: 'quantitative' as const,
    title: 'threshold',
    scale: { domain: [0, 1] },
  };
  return figure(
    { title, subtitle: subtitle ?? (chosen === undefined ? undefined : `chosen: ${chosen.toFixed(3)}`) },
    {
      data: { values: rows },
      width: 420,
      height: 320,
      layer: [
        ...(chosen === undefined
          ? []
          : [
              {
                data: { values: [{ threshold: chosen }] },
                mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.line },
                encoding: { x },
              },
            ]),
        {
          mark: { type: 'line', strokeWidth: 2 },
          encoding: {
            x,
            y: {
              field: 'value',
              type: 'quantitative',
              title: null,
              scale: { domain: [0, 1] },
              axis: { format: '%' },
            },
            color: {
              field: 'figure',
              type: 'nominal',
              title: null,
              scale: { domain: [...figures], range: PALETTE.slice(0, 3) },
              legend: { orient: 'bottom', symbolType: 'stroke', symbolStrokeWidth: 3 },
            },
            tooltip: [
              { field: 'threshold', type: 'quantitative', format: '.3f' },
              { field: 'figure', type: 'nominal' },
              { field: 'value', type: 'quantitative', format: '.3f' },
            ],
          },
        },
      ],
    },
  );
}
