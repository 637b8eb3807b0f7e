import { type AmountsLike, ChurnError, square } from '@churn/core';
import { amountErrors } from './amount-errors.js';
import type { MetricOptions } from './metric.js';

/**
 * The coefficient of determination, `1 - sum((y - p)^2) / sum((y - mean(y))^2)`: 1 is right throughout, 0 as good as the mean,
 * and worse models are below 0. Where all amounts are the same it is 1 if all are predicted right, and otherwise 0, as in
 * scikit-learn.
 *
 * @throws as `meanSquaredError`, and `invalid-data` for fewer than two rows.
 */
export function r2(yTrue: AmountsLike, yPredicted: AmountsLike, options?: MetricOptions): number {
  const { actual, predicted, weights, totalWeight } = amountErrors(yTrue, yPredicted, options);
  if (actual.length < 2) throw new ChurnError('invalid-data', 'r2: expected two rows or more, got one');
  const mean = weights.reduce((sum, weight, i) => sum + weight * actual[i], 0) / totalWeight;
  const residual = weights.reduce((sum, weight, i) => sum + weight * square(actual[i] - predicted[i]), 0);
  const total = weights.reduce((sum, weight, i) => sum + weight * square(actual[i] - mean), 0);
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}
