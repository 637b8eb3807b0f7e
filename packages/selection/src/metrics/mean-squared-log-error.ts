import { log1p, square, type TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';
import { requireValues } from './require-values.js';

/**
 * The mean of `(log(1 + y) - log(1 + p))^2` over the rows: errors count by the ratio of the two. Lower is better.
 *
 * @throws as `meanSquaredError`, and `invalid-target` if a target value or a prediction is -1 or lower.
 */
export function meanSquaredLogError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  const errors = regressionErrors(yTrue, yPredicted, options);
  requireValues('target value', errors.actual, 'above -1', (value) => value > -1);
  requireValues('prediction', errors.predicted, 'above -1', (value) => value > -1);
  return meanLoss(errors, (actual, predicted) => square(log1p(actual) - log1p(predicted)));
}
