import type { TargetValuesLike } from '@churn/core';
import { meanSquaredError } from './mean-squared-error.js';
import type { MetricOptions } from './metric.js';

/**
 * The square root of `meanSquaredError`, in the unit of the target. Lower is better.
 *
 * @throws as `meanSquaredError`.
 */
export function rootMeanSquaredError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return Math.sqrt(meanSquaredError(yTrue, yPredicted, options));
}
