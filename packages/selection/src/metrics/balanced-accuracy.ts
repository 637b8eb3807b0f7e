import type { LabelsLike } from '@churn/core';
import { compare } from './comparison.js';
import type { MetricOptions } from './metric.js';

export interface BalancedAccuracyOptions extends MetricOptions {
  /** Whether to stretch the scale so that guessing gives 0, and all right still 1. Default false. */
  readonly adjusted?: boolean;
}

/**
 * The mean over the classes of the share of their rows that was predicted right. Classes without rows are passed over.
 * @throws as `confusionMatrix`.
 */
export function balancedAccuracy(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options: BalancedAccuracyOptions = {},
): number {
  const { classes, actual, right } = compare(yTrue, yPredicted, options);
  const withRows = [...classes.keys()].filter((code) => actual[code] > 0);
  const score = withRows.reduce((sum, code) => sum + right[code] / actual[code], 0) / withRows.length;
  if (!options.adjusted) return score;
  const chance = 1 / withRows.length;
  return (score - chance) / (1 - chance);
}
