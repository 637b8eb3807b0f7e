import type { AmountsLike } from '@churn/core';
import { amountErrors, meanLoss } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The mean of `|y - p| / |y|` over the rows, as a share: 0.1 is 10 %. Amounts nearer to 0 than 2.2e-16 are divided by that, so that
 * a single amount of 0 makes the metric huge; it is meant for amounts far from 0. Lower is better.
 *
 * @throws `invalid-data` where predictions or weights are of another number than the amounts, or there are none;
 *   `invalid-target` where an amount is no finite number.
 */
export function meanAbsolutePercentageError(
  yTrue: AmountsLike,
  yPredicted: AmountsLike,
  options?: MetricOptions,
): number {
  return meanLoss(
    amountErrors(yTrue, yPredicted, options),
    (actual, predicted) => Math.abs(actual - predicted) / Math.max(Math.abs(actual), Number.EPSILON),
  );
}
