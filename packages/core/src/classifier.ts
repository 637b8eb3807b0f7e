import type { ClassLabel, Labels } from './labels.js';
import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';

/** An unfitted classifier. */
export interface Classifier<F extends FittedClassifier = FittedClassifier> extends Model<Labels, F> {}

/**
 * The probability of each class: one array per class in the order of `classes`, with one number per row. There are at least two classes, so
 * that `probabilities[1]`, of the positive one of two, exists.
 */
export type ClassProbabilities = [Float64Array, Float64Array, ...Float64Array[]];

/** A fitted classifier. */
export interface FittedClassifier extends FittedModel<Labels> {
  /** The classes; in a two-class problem the second is the positive one. */
  readonly classes: readonly ClassLabel[];
  /** The probability of each class. */
  predictProba(x: Table): ClassProbabilities;
  /** The probability from which `predict` returns the second of two classes; without it, the most likely class is returned. */
  readonly threshold?: number | undefined;
  /** The class of each row. */
  predict(x: Table): ClassLabel[];
}

/** The most likely class of each row; the first in case of a tie. */
export function likeliest(
  classes: readonly ClassLabel[],
  probabilities: readonly Float64Array[],
): ClassLabel[] {
  return Array.from(likeliestCodes(probabilities), (code) => classes[code]);
}

/** The result of `likeliest` as indices into the classes. */
export function likeliestCodes(probabilities: readonly ArrayLike<number>[]): Int32Array {
  const [first, ...others] = probabilities;
  const codes = new Int32Array(first.length);
  others.forEach((column, i) => {
    for (let row = 0; row < codes.length; row++) {
      if (column[row] > probabilities[codes[row]][row]) codes[row] = i + 1;
    }
  });
  return codes;
}
