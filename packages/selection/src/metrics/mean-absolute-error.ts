import type { TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';

/**
 * The mean of `|y - p|` over the rows. Lower is better.
 *
 * @throws `invalid-data` if predictions or weights differ in number from the target values, or there are none; `invalid-target` if a
 * target value is not a finite number.
 */
export function meanAbsoluteError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return meanLoss(regressionErrors(yTrue, yPredicted, options), (actual, predicted) =>
    Math.abs(actual - predicted),
  );
}
