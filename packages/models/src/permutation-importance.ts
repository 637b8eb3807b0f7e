import {
  ChurnError,
  type FittedClassifier,
  isNumber,
  Labels,
  type LabelsLike,
  Random,
  requireParameter,
  requireTargetPerRow,
  square,
  type Table,
  takeRows,
} from '@churn/core';

export interface PermutationImportanceOptions {
  /**
   * How good probabilities are for the labels: bigger is better. There is an array of probabilities a class, in the order of
   * `labels.classes`, which is that of the model.
   */
  readonly scoring: (labels: Labels, probabilities: Float64Array[]) => number;
  /** How many times each column is permuted. Default 5. */
  readonly nRepeats?: number;
  /** The seed of the permutations. Default 0. */
  readonly seed?: number;
}

/** How much a model owes to a column. */
export interface PermutationImportance {
  readonly feature: string;
  /** The mean of the drops. */
  readonly mean: number;
  /** Their standard deviation (divided by their number, as numpy does it). */
  readonly std: number;
  /** How much the score fell, of each permutation. */
  readonly drops: readonly number[];
}

/**
 * The permutation importance of each column that a model needs: how much its score falls when the values of that column are put in
 * a random order, so that they say nothing any more (Breiman, "Random Forests", 2001; scikit-learn's `permutation_importance`).
 *
 * Use rows that the model has not seen. Of columns that say the same, each alone seems unimportant. A pipeline is measured
 * by its raw columns. The permutations of a column depend on the seed and its name alone, not on the other columns.
 *
 * ```ts
 * permutationImportance(model, test, churned, { scoring: (labels, [, p]) => rocAuc(labels, p) });
 * ```
 *
 * @returns one a column, in the order of `model.features`.
 * @throws `invalid-parameter` where an option is not what it must be, or `scoring` gives no finite number; `invalid-target` where a
 *   label is not a class of the model; `invalid-data` where `y` is not one a row, or there are no rows; and what the model throws.
 */
export function permutationImportance(
  model: FittedClassifier,
  x: Table,
  y: LabelsLike,
  { scoring, nRepeats = 5, seed = 0 }: PermutationImportanceOptions,
): PermutationImportance[] {
  requireParameter(typeof scoring === 'function', 'scoring', 'a function', scoring);
  requireParameter(
    Number.isInteger(nRepeats) && nRepeats >= 1,
    'nRepeats',
    'a whole number from 1',
    nRepeats,
  );
  requireParameter(isNumber(seed), 'seed', 'a number', seed);
  const labels = Labels.from(y, model.classes);
  requireTargetPerRow(x, labels);
  if (x.nRows === 0) throw new ChurnError('invalid-data', 'permutationImportance: the table has no rows');

  const score = (table: Table) => {
    const value = scoring(labels, model.predictProba(table));
    requireParameter(isNumber(value), 'scoring', 'a function that gives a finite number', value);
    return value;
  };
  const whole = score(x);
  const random = new Random(seed).stream('permutationImportance');
  return model.features.map((feature) => {
    const column = x.column(feature);
    const stream = random.stream(feature);
    const drops = Array.from({ length: nRepeats }, (_, repeat) => {
      const order = stream.stream(repeat).permutation(x.nRows);
      return whole - score(x.with([[feature, takeRows(column, order)]]));
    });
    const mean = drops.reduce((sum, drop) => sum + drop, 0) / nRepeats;
    const variance = drops.reduce((sum, drop) => sum + square(drop - mean), 0) / nRepeats;
    return { feature, mean, std: Math.sqrt(variance), drops };
  });
}
