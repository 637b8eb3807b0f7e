import type { TargetValues } from '@churn/core';
import { fourDigits, percent, type ReportBlock } from '@churn/eda';
import { type EvaluatedValueModel, VALUE_METRICS } from '../training/evaluate-values.js';
import { VALUE_TITLES } from './value-text.js';

/** The comparison of regression models, in order; empty for a single one. */
export function valueComparison(
  models: readonly EvaluatedValueModel[],
  { values: actual }: TargetValues,
): ReportBlock[] {
  if (models.length < 2) return [];
  const errors = models.map(({ evaluation }) => errorsOf(actual, evaluation.predicted));
  const largest = errors.reduce((most, each) => each.reduce((a, b) => Math.max(a, b), most), 0);
  return [
    {
      kind: 'comparison',
      comparison: {
        figures: [...VALUE_METRICS.map((name) => VALUE_TITLES[name]), 'interval coverage'],
        curves: [
          {
            title: 'Rows by error',
            x: 'share of rows',
            y: 'error, as a share of the largest',
          },
        ],
        models: models.map(({ name, evaluation: { metrics } }, i) => ({
          name,
          values: [...VALUE_METRICS.map((metric) => fourDigits(metrics[metric])), percent(metrics.coverage)],
          curves: [errorCurve(errors[i], largest)],
        })),
        difference: (i, j) => difference(models[i], models[j], actual),
      },
    },
  ];
}

/** Absolute errors in ascending order, as shares of the largest of any model. */
function errorCurve(
  errors: Float64Array,
  largest: number,
): { readonly x: Float64Array; readonly y: Float64Array } {
  return {
    x: errors.map((_, i) => (i + 1) / errors.length),
    y: errors.toSorted().map((error) => (largest > 0 ? error / largest : 0)),
  };
}

function errorsOf(actual: Float64Array, predicted: Float64Array): Float64Array {
  return predicted.map((value, i) => Math.abs(value - actual[i]));
}

/** Describes the difference between two models' predictions, and which are closer to the actual values. */
function difference(a: EvaluatedValueModel, b: EvaluatedValueModel, actual: Float64Array): string {
  const [ofA, ofB] = [a, b].map(({ evaluation }) => errorsOf(actual, evaluation.predicted));
  const apart = errorsOf(a.evaluation.predicted, b.evaluation.predicted);
  const mean = apart.reduce((sum, each) => sum + each, 0) / apart.length;
  const nearer = ofA.filter((error, i) => error < ofB[i]).length;
  return `The predictions of ${a.name} and ${b.name} are ${fourDigits(mean)} apart on average; ${a.name} is closer to the actual value for ${percent(nearer / apart.length)} of held-out rows.`;
}
