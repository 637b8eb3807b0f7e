import type { AmountsLike } from '@churn/core';
import { amountErrors } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The largest `|y - p|` of the rows of weight above 0. Lower is better.
 *
 * @throws as `meanSquaredError`.
 */
export function maxError(yTrue: AmountsLike, yPredicted: AmountsLike, options?: MetricOptions): number {
  const { actual, predicted, weights } = amountErrors(yTrue, yPredicted, options);
  let largest = 0;
  for (let row = 0; row < actual.length; row++) {
    if (weights[row] > 0) largest = Math.max(largest, Math.abs(actual[row] - predicted[row]));
  }
  return largest;
}
