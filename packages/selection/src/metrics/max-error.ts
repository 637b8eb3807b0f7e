import type { TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { regressionErrors } from './regression-errors.js';

/**
 * The largest `|y - p|` of the rows of weight above 0. Lower is better.
 *
 * @throws as `meanSquaredError`.
 */
export function maxError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  const { actual, predicted, weights } = regressionErrors(yTrue, yPredicted, options);
  let largest = 0;
  for (let row = 0; row < actual.length; row++) {
    if (weights[row] > 0) largest = Math.max(largest, Math.abs(actual[row] - predicted[row]));
  }
  return largest;
}
