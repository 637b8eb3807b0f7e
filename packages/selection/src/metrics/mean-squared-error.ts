import { square, type TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';

/**
 * The mean of `(y - p)^2` over the rows. Lower is better.
 *
 * @throws `invalid-data` if predictions or weights differ in number from the target values, or there are none; `invalid-target` if a
 * target value is not a finite number.
 */
export function meanSquaredError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return meanLoss(regressionErrors(yTrue, yPredicted, options), squaredError);
}

/** `(y - p)^2`. */
export function squaredError(actual: number, predicted: number): number {
  return square(actual - predicted);
}
