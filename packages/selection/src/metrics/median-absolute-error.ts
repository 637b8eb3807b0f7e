import type { TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { regressionErrors } from './regression-errors.js';
import { weightedQuantile } from './weighted-quantile.js';

/**
 * The median of `|y - p|`: half of all rows by weight have an error up to it. It is robust to outliers. Lower is better.
 *
 * @throws as `meanSquaredError`.
 */
export function medianAbsoluteError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  const { actual, predicted, weights } = regressionErrors(yTrue, yPredicted, options);
  return weightedQuantile(
    actual.map((value, row) => Math.abs(value - predicted[row])),
    weights,
    0.5,
  );
}
