import { ChurnError, type ClassLabel, type LabelsLike } from '@churn/core';
import { confusionMatrix } from './confusion-matrix.js';

export interface PositiveOptions {
  /** The class that the figure is about. Default: of two classes the second. */
  readonly positive?: ClassLabel;
}

export interface PrecisionRecallF1 {
  /** Of the rows predicted positive, the share that is. 0 where none was predicted positive. */
  readonly precision: number;
  /** Of the positive rows, the share that was predicted so. 0 where there is none. */
  readonly recall: number;
  /** The harmonic mean of precision and recall. 0 where both are. */
  readonly f1: number;
}

/**
 * Precision, recall and F1 of one class.
 * @throws `invalid-parameter` where `positive` is no class, or is not given for other than two; and as `confusionMatrix`.
 */
export function precisionRecallF1(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  { positive }: PositiveOptions = {},
): PrecisionRecallF1 {
  const { classes, counts } = confusionMatrix(yTrue, yPredicted);
  if (positive === undefined && classes.length !== 2) {
    throw new ChurnError(
      'invalid-parameter',
      `positive: expected one of the ${classes.length} classes, got nothing`,
    );
  }
  const k = positive === undefined ? 1 : classes.indexOf(positive);
  if (k < 0) {
    const expected = JSON.stringify(classes);
    throw new ChurnError(
      'invalid-parameter',
      `positive: expected one of ${expected}, got ${JSON.stringify(positive)}`,
    );
  }
  const right = counts[k][k];
  const predicted = counts.reduce((sum, row) => sum + row[k], 0);
  const actual = counts[k].reduce((sum, count) => sum + count, 0);
  return {
    precision: share(right, predicted),
    recall: share(right, actual),
    f1: share(2 * right, predicted + actual),
  };
}

/** Precision of one class; see `precisionRecallF1`. */
export function precision(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).precision;
}

/** Recall of one class; see `precisionRecallF1`. */
export function recall(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).recall;
}

/** F1 of one class; see `precisionRecallF1`. */
export function f1(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).f1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
