import { type TargetValuesLike, square } from '@churn/core';
import { regressionErrors, meanLoss } from './regression-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The mean of `(y - p)^2` over the rows. Lower is better.
 *
 * @throws `invalid-data` where predictions or weights differ in number from the target values, or there are
 * none; `invalid-target` where an amount is no finite number.
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
