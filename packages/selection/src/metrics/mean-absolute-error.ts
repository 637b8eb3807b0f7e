import type { AmountsLike } from '@churn/core';
import { amountErrors } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The mean of `|y - p|` over the rows. Lower is better.
 * @throws as `meanSquaredError`.
 */
export function meanAbsoluteError(
  yTrue: AmountsLike,
  yPredicted: AmountsLike,
  options?: MetricOptions,
): number {
  const { actual, predicted, weights, totalWeight } = amountErrors(yTrue, yPredicted, options);
  return (
    weights.reduce((sum, weight, i) => sum + weight * Math.abs(actual[i] - predicted[i]), 0) / totalWeight
  );
}
