import type { TargetValuesLike } from '@churn/core';
import { meanTweedieDeviance } from './mean-tweedie-deviance.js';
import { type MetricOptions, readMetricOptions } from './metric.js';

/**
 * The mean of `2 (y log(y / p) - y + p)` over the rows, the deviance of Poisson regression. Lower is better.
 *
 * @throws as `meanSquaredError`, and `invalid-target` if a target value is negative or a prediction is not above 0.
 */
export function meanPoissonDeviance(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return meanTweedieDeviance(yTrue, yPredicted, { ...readMetricOptions(options), power: 1 });
}
