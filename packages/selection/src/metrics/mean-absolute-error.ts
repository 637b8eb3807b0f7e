import type { AmountsLike } from '@churn/core';
import { amountErrors, meanLoss } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The mean of `|y - p|` over the rows. Lower is better.
 *
 * @throws `invalid-data` where predictions or weights are of another number than the amounts, or there are none;
 *   `invalid-target` where an amount is no finite number.
 */
export function meanAbsoluteError(
  yTrue: AmountsLike,
  yPredicted: AmountsLike,
  options?: MetricOptions,
): number {
  return meanLoss(amountErrors(yTrue, yPredicted, options), (actual, predicted) =>
    Math.abs(actual - predicted),
  );
}
