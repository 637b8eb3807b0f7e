import { type AmountsLike, square } from '@churn/core';
import { amountErrors } from './amount-errors.js';
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
  const { actual, predicted, weights, totalWeight } = amountErrors(yTrue, yPredicted, options);
  return weights.reduce((sum, weight, i) => sum + weight * square(actual[i] - predicted[i]), 0) / totalWeight;
}
