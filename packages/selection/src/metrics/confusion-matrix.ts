import { ChurnError, type ClassLabel, Labels, type LabelsLike } from '@churn/core';

export interface ConfusionMatrix {
  readonly classes: readonly ClassLabel[];
  /** `counts[i][j]`: how many rows of class `i` were predicted as class `j`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts each pair of true and predicted class.
 *
 * The classes are those of `yTrue` in their order, where it is given as `Labels`, and otherwise all labels sorted.
 *
 * @throws `invalid-data` where the two differ in length or have no rows; `invalid-labels` where a label was predicted
 *   that is not among the classes.
 */
export function confusionMatrix(yTrue: LabelsLike, yPredicted: LabelsLike): ConfusionMatrix {
  if (yTrue.length !== yPredicted.length) {
    throw new ChurnError(
      'invalid-data',
      `expected a prediction for each of ${yTrue.length} labels, got ${yPredicted.length}`,
    );
  }
  if (yTrue.length === 0) throw new ChurnError('invalid-data', 'there are no rows to compare');
  const came = asArray(yPredicted);
  const { classes } = 'codes' in yTrue ? yTrue : Labels.from([...asArray(yTrue), ...came]);
  const truth = Labels.from(asArray(yTrue), classes);
  const predicted = Labels.from(came, classes);

  const counts = classes.map(() => classes.map(() => 0));
  truth.codes.forEach((code, row) => {
    counts[code][predicted.codes[row]]++;
  });
  return { classes, counts };
}

function asArray(y: LabelsLike): ClassLabel[] {
  return 'codes' in y ? y.toArray() : Array.from(y);
}
