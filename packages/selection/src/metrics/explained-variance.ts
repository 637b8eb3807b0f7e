import { square, type TargetValuesLike } from '@churn/core';
import { errorsToExplain, explainedShare } from './explained-share.js';
import type { MetricOptions } from './metric.js';
import { weightedMean } from './weighted-mean.js';

/**
 * `1 - var(y - p) / var(y)`: like `r2`, but ignoring a constant error.
 *
 * @throws as `r2`.
 */
export function explainedVariance(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  const errors = errorsToExplain('explainedVariance', yTrue, yPredicted, options);
  const { actual, predicted } = errors;
  const variance = (values: Float64Array) => {
    const mean = weightedMean(values, errors);
    return weightedMean(
      values.map((value) => square(value - mean)),
      errors,
    );
  };
  return explainedShare(variance(actual.map((value, row) => value - predicted[row])), variance(actual));
}
