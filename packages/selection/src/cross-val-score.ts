import {
  assertLabelPerRow,
  ChurnError,
  type Classifier,
  Labels,
  type LabelsLike,
  Random,
  stratifiedFolds,
  type Table,
} from '@churn/core';
import { rocAuc } from './metrics/roc-auc.js';

export interface CrossValScoreOptions {
  /** How many folds, from 2. Default 5. */
  readonly folds?: number;
  /** The same seed gives the same folds. Default 0. */
  readonly seed?: number;
  /** Scores the rows of a fold by the probability of their second class; higher is better. Default `rocAuc`. */
  readonly scoring?: (y: Labels, positiveProbability: Float64Array) => number;
}

/**
 * The score of each fold of a stratified, shuffled cross-validation: the classifier, with all the processing in its
 * pipeline, is fitted on the other folds and scored on this one.
 *
 * @throws `invalid-parameter` where there are fewer than `folds` rows of a class; `invalid-data` where `y` has another
 *   number of rows than `x`; and what fitting throws.
 */
export function crossValScore(
  classifier: Classifier,
  x: Table,
  y: LabelsLike,
  { folds = 5, seed = 0, scoring = rocAuc }: CrossValScoreOptions = {},
): number[] {
  const labels = Labels.from(y);
  assertLabelPerRow(x, labels);
  labels.counts().forEach((count, code) => {
    if (count >= folds) return;
    throw new ChurnError(
      'invalid-parameter',
      `folds: expected at most the ${count} rows of class ${JSON.stringify(labels.classes[code])}, got ${folds}`,
    );
  });
  const foldOf = stratifiedFolds(labels, folds, new Random(seed).stream('crossValScore'));
  const rows = Int32Array.from(foldOf.keys());
  return Array.from({ length: folds }, (_, fold) => {
    const train = rows.filter((row) => foldOf[row] !== fold);
    const held = rows.filter((row) => foldOf[row] === fold);
    const fitted = classifier.fit(x.take(train), labels.take(train));
    return scoring(labels.take(held), fitted.predictProba(x.take(held))[1]);
  });
}
