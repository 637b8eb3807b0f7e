import type { TargetValuesLike } from '@churn/core';
import { meanSquaredLogError } from './mean-squared-log-error.js';
import type { MetricOptions } from './metric.js';

/**
 * The square root of `meanSquaredLogError`. Lower is better.
 *
 * @throws as `meanSquaredLogError`.
 */
export function rootMeanSquaredLogError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return Math.sqrt(meanSquaredLogError(yTrue, yPredicted, options));
}
