import { type LabelsLike, type OptionsOf, readOptions } from '@churn/core';
import { positiveParameters } from './positive-class.js';
import { twoClassCounts } from './two-class-counts.js';

/** The options of metrics of the positive class. */
export type RateOptions = OptionsOf<typeof positiveParameters>;

/**
 * The share of rows that were predicted positive, regardless of their true class.
 * @throws `invalid-target` if the positive class of two is unknown; `invalid-parameter` if `positive` is no class, or there are other
 * than two; and as `confusionMatrix`.
 */
export function selectionRate(yTrue: LabelsLike, yPredicted: LabelsLike, options?: RateOptions): number {
  const { positives, total } = twoClassCounts(yTrue, yPredicted, readOptions(positiveParameters, options));
  return positives / total;
}
