import { type AmountsLike, square } from '@churn/core';
import { amountErrors, meanLoss } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The mean of `(y - p)^2` over the rows. Lower is better.
 *
 * @throws `invalid-data` where predictions or weights are of another number than the amounts, or there are none;
 *   `invalid-target` where an amount is no finite number.
 */
export function meanSquaredError(
  yTrue: AmountsLike,
  yPredicted: AmountsLike,
  options?: MetricOptions,
): number {
  return meanLoss(amountErrors(yTrue, yPredicted, options), squaredError);
}

/** `(y - p)^2`. */
export function squaredError(actual: number, predicted: number): number {
  return square(actual - predicted);
}
