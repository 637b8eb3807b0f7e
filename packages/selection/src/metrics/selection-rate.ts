import { type LabelsLike, type OptionsOf, readOptions } from '@churn/core';
import { positiveParameters } from './positive-class.js';
import { twoClassCounts } from './two-class-counts.js';

/** What metrics of the positive class can be told. */
export type RateOptions = OptionsOf<typeof positiveParameters>;

/**
 * The share of rows that were predicted positive, whatever their true class.
 * @throws `invalid-target` if it is not known which of two classes is the positive one; `invalid-parameter` if `positive` is no class, or
 * there are other than two; and as `confusionMatrix`.
 */
export function selectionRate(yTrue: LabelsLike, yPredicted: LabelsLike, options?: RateOptions): number {
  const { positives, total } = twoClassCounts(yTrue, yPredicted, readOptions(positiveParameters, options));
  return positives / total;
}
