import type { TargetValuesLike } from '@churn/core';
import { meanTweedieDeviance } from './mean-tweedie-deviance.js';
import { type MetricOptions, readMetricOptions } from './metric.js';

/**
 * The mean of `2 (log(p / y) + y / p - 1)` over the rows, the deviance of gamma regression. Lower is better.
 *
 * @throws as `meanSquaredError`, and `invalid-target` if a target value or a prediction is not above 0.
 */
export function meanGammaDeviance(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return meanTweedieDeviance(yTrue, yPredicted, { ...readMetricOptions(options), power: 2 });
}
