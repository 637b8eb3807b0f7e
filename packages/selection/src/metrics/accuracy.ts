import type { LabelsLike } from '@churn/core';
import { compare } from './comparison.js';
import { type MetricOptions, readMetricOptions } from './metric.js';

/**
 * The share of rows predicted correctly.
 * @throws as `confusionMatrix`.
 */
export function accuracy(yTrue: LabelsLike, yPredicted: LabelsLike, options?: MetricOptions): number {
  const { right, total } = compare(yTrue, yPredicted, readMetricOptions(options));
  return right.reduce((sum, weight) => sum + weight, 0) / total;
}
