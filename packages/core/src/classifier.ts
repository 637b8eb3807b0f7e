import type { JsonObject } from './json.js';
import type { ClassLabel, LabelsLike } from './labels.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';

/** What a fit can be told besides rows and classes. */
export interface FitOptions {
  /** How much each row counts, a number from 0 a row; a row of weight 2 counts as two equal rows. Default 1 each. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** A model to be fitted: an immutable specification of its parameters. */
export interface Classifier<F extends FittedClassifier = FittedClassifier> {
  /** Learns from rows `x` and their classes `y`; returns what was learned as a new object. */
  fit(x: Table, y: LabelsLike, options?: FitOptions): F;
  /**
   * Fits several specifications of this one's class on the same rows, sharing what work they have in common. The results
   * come in the order of `specifications`, each what a separate `fit` gives.
   */
  fitMany?(x: Table, y: LabelsLike, specifications: readonly this[], options?: FitOptions): F[];
}

/** A model that has learned: plain data, and pure functions of it. */
export interface FittedClassifier {
  /** The name by which a model file refers to the class that can restore it. */
  readonly type: string;
  /** What was learned, as plain JSON. */
  readonly state: JsonObject;
  /** The classes; of two, the second is the positive one. */
  readonly classes: readonly ClassLabel[];
  /** The columns that `x` must have. */
  readonly features: readonly string[];
  /** The same columns with their kinds, for a model file to be checked by; without it any kind will do. */
  readonly schema?: TableSchema;
  /** The probability of each class, an array a class in the order of `classes`, with a number a row. */
  predictProba(x: Table): Float64Array[];
  /** The likeliest class of each row. */
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
