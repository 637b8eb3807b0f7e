import type { TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';

/**
 * The mean of `|y - p| / |y|` over the rows, as a share: 0.1 is 10 %. Target values nearer to 0 than 2.2e-16 are replaced by it as
 * divisors, so a single value of 0 makes the metric huge; it is meant for values far from 0. Lower is better.
 *
 * @throws `invalid-data` if predictions or weights differ in number from the target values, or there are none; `invalid-target` if a
 * target value is not a finite number.
 */
export function meanAbsolutePercentageError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return meanLoss(
    regressionErrors(yTrue, yPredicted, options),
    (actual, predicted) => Math.abs(actual - predicted) / Math.max(Math.abs(actual), Number.EPSILON),
  );
}
