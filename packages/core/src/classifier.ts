import type { ClassLabel, Labels } from './labels.js';
import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';

/** A model of classes, to be fitted. */
export interface Classifier<F extends FittedClassifier = FittedClassifier> extends Model<Labels, F> {}

/** A model that has learned to tell classes apart. */
export interface FittedClassifier extends FittedModel<Labels> {
  /** The classes; of two, the second is the positive one. */
  readonly classes: readonly ClassLabel[];
  /** The probability of each class, one array per class in the order of `classes`, with one number per row. */
  predictProba(x: Table): Float64Array[];
  /** From which probability on `predict` gives the second of two classes; without it, it gives the likeliest. */
  readonly threshold?: number | undefined;
  /** The class of each row. */
  predict(x: Table): ClassLabel[];
}

/** The likeliest class of each row; of equally likely ones the first. */
export function likeliest(
  classes: readonly ClassLabel[],
  probabilities: readonly Float64Array[],
): ClassLabel[] {
  return Array.from(likeliestCodes(probabilities), (code) => classes[code]);
}

/** What `likeliest` gives, as places among the classes. */
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
