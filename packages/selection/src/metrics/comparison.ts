import {
  ChurnError,
  type ClassLabel,
  isList,
  Labels,
  type LabelsLike,
  requireParameter,
  sampleWeights,
} from '@churn/core';
import type { MetricOptions } from './metric.js';

/** What the metrics of predicted classes are computed from. */
export interface Comparison {
  readonly classes: readonly ClassLabel[];
  /** The weight of the rows of class `i` that were predicted as class `j`, at `i * classes.length + j`. */
  readonly counts: Float64Array;
  /** The weight of the rows of each class. */
  readonly actual: Float64Array;
  /** The weight of the rows predicted as each class. */
  readonly predicted: Float64Array;
  /** The weight of the rows predicted correctly, by class. */
  readonly right: Float64Array;
  /** The classes with a row or a prediction, whatever its weight, as indices into `classes`. */
  readonly present: readonly number[];
  /** The weight of all rows. */
  readonly total: number;
  /** Of two classes the positive one, if it is known. */
  readonly positive: ClassLabel | undefined;
}

/**
 * Counts each pair of true and predicted class.
 *
 * The classes are those of `yTrue` in their order, if it is given as `Labels`, and otherwise all labels sorted.
 *
 * @throws `invalid-data` if the two or the weights differ in length, or have no rows; `invalid-target` if a label was predicted that is
 * not among the classes.
 */
export function compare(yTrue: LabelsLike, yPredicted: LabelsLike, options: MetricOptions = {}): Comparison {
  requireParameter(isList(yTrue), 'yTrue', 'labels, one per row', yTrue);
  requireParameter(isList(yPredicted), 'yPredicted', 'labels, one per row', yPredicted);
  const n = yTrue.length;
  if (yPredicted.length !== n) {
    throw new ChurnError(
      'invalid-data',
      `expected a prediction for each of ${n} labels, got ${yPredicted.length}`,
    );
  }
  if (n === 0) throw new ChurnError('invalid-data', 'there are no rows to compare');
  const weights = sampleWeights(options, n);
  const { truth, guess, positive } = onOneScale(yTrue, yPredicted);
  const { classes } = truth;
  const k = classes.length;
  const counts = new Float64Array(k * k);
  const actual = new Float64Array(k);
  const predicted = new Float64Array(k);
  const right = new Float64Array(k);
  const isPresent = new Uint8Array(k);
  let total = 0;
  for (let row = 0; row < n; row++) {
    const i = truth.codes[row];
    const j = guess.codes[row];
    const weight = weights === undefined ? 1 : weights[row];
    counts[i * k + j] += weight;
    actual[i] += weight;
    predicted[j] += weight;
    if (i === j) right[i] += weight;
    isPresent[i] = 1;
    isPresent[j] = 1;
    total += weight;
  }
  const present = [...isPresent.keys()].filter((code) => isPresent[code] === 1);
  return { classes, counts, actual, predicted, right, present, total, positive };
}

/** Both as labels of the same classes. */
function onOneScale(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
): { truth: Labels; guess: Labels; positive: ClassLabel | undefined } {
  const truth = Labels.from(yTrue);
  const guess = Labels.from(yPredicted);
  if (isSame(truth.classes, guess.classes)) return { truth, guess, positive: truth.positive };
  if ('codes' in yTrue) return { truth, guess: Labels.from(guess, truth.classes), positive: truth.positive };
  // A class declared in the predictions' Labels alone is none of the classes here.
  const found = 'codes' in yPredicted ? Labels.from(guess.toArray()).classes : guess.classes;
  const { classes, positive } = Labels.from([
    ...truth.classes,
    ...found.filter((label) => !truth.classes.includes(label)),
  ]);
  return { truth: Labels.from(truth, classes), guess: Labels.from(guess, classes), positive };
}

function isSame(a: readonly ClassLabel[], b: readonly ClassLabel[]): boolean {
  return a.length === b.length && a.every((label, i) => label === b[i]);
}
