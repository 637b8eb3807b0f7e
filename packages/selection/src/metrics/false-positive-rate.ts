import { type LabelsLike, readOptions } from '@churn/core';
import { positiveParameters } from './positive-class.js';
import type { RateOptions } from './selection-rate.js';
import { twoClassCounts } from './two-class-counts.js';

/**
 * The share of negative rows that were predicted positive: one minus the specificity. 0 without negative rows, as in scikit-learn's
 * `recall_score` of the negative class.
 * @throws as `selectionRate`.
 */
export function falsePositiveRate(yTrue: LabelsLike, yPredicted: LabelsLike, options?: RateOptions): number {
  const counts = twoClassCounts(yTrue, yPredicted, readOptions(positiveParameters, options));
  const { falsePositives, negatives } = counts;
  return negatives === 0 ? 0 : falsePositives / negatives;
}
