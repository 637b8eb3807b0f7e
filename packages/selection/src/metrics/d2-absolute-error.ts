import type { TargetValuesLike } from '@churn/core';
import { d2Pinball } from './d2-pinball.js';
import { type MetricOptions, readMetricOptions } from './metric.js';

/**
 * The share of the mean absolute error of a constant, the median, that the model removes: `d2Pinball` at 0.5.
 *
 * @throws as `r2`.
 */
export function d2AbsoluteError(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): number {
  return d2Pinball(yTrue, yPredicted, readMetricOptions(options));
}
