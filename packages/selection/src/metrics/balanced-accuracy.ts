import { booleanParameter, type LabelsLike, type OptionsOf, readOptions, withDefault } from '@churn/core';
import { compare } from './comparison.js';
import { metricParameters } from './metric.js';

const parameters = {
  ...metricParameters,
  /** Whether to rescale so that guessing scores 0, and perfect predictions 1. Default false. */
  adjusted: withDefault(booleanParameter(), false),
};

export type BalancedAccuracyOptions = OptionsOf<typeof parameters>;

/**
 * Balanced accuracy: the mean recall over the classes. Classes without rows are ignored.
 * @throws as `confusionMatrix`.
 */
export function balancedAccuracy(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options?: BalancedAccuracyOptions,
): number {
  const { adjusted, sampleWeight } = readOptions(parameters, options);
  const { classes, actual, right } = compare(yTrue, yPredicted, { sampleWeight });
  const withRows = [...classes.keys()].filter((code) => actual[code] > 0);
  const score = withRows.reduce((sum, code) => sum + right[code] / actual[code], 0) / withRows.length;
  if (!adjusted) return score;
  const chance = 1 / withRows.length;
  return (score - chance) / (1 - chance);
}
