import { type ClassLabel, type LabelsLike, type OptionsOf, oneOf, readOptions } from '@churn/core';
import { compare } from './comparison.js';
import { metricParameters } from './metric.js';

const parameters = {
  ...metricParameters,
  /**
   * Divides the counts by the rows of the true class (`'true'`), by those of the predicted class (`'pred'`), or by all
   * (`'all'`). A class without rows has zeros. Default: no division.
   */
  normalize: oneOf(['true', 'pred', 'all']),
};

export type ConfusionMatrixOptions = OptionsOf<typeof parameters>;

export interface ConfusionMatrix {
  readonly classes: readonly ClassLabel[];
  /** `counts[i][j]`: how many rows of class `i` were predicted as class `j`; with weights, their total weight. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts each pair of true and predicted class.
 *
 * The classes are those of `yTrue` in their order, if it is given as `Labels`, and otherwise all labels sorted.
 *
 * @throws `invalid-data` if the two or the weights differ in length or have no rows; `invalid-target` if a label was predicted that is
 * not among the classes; `invalid-parameter` if an option is invalid.
 */
export function confusionMatrix(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options?: ConfusionMatrixOptions,
): ConfusionMatrix {
  const { normalize, sampleWeight } = readOptions(parameters, options);
  const { classes, counts, actual, predicted, total } = compare(yTrue, yPredicted, { sampleWeight });
  const k = classes.length;
  const divisor = (i: number, j: number) => {
    if (normalize === undefined) return 1;
    // Where a class has no rows its counts are 0 too: any divisor but 0 gives 0.
    return (normalize === 'true' ? actual[i] : normalize === 'pred' ? predicted[j] : total) || 1;
  };
  return {
    classes,
    counts: classes.map((_, i) => Array.from({ length: k }, (_, j) => counts[i * k + j] / divisor(i, j))),
  };
}
