import {
  type Classifier,
  type FitOptions,
  Labels,
  type LabelsLike,
  requireTargetPerRow,
  sampleWeights,
  type Table,
} from '@churn/core';
import { type Scorer, scorers } from './scorer.js';
import { PieceRunner, type Prediction } from './search/pieces.js';
import type { Splitter } from './splitters/splitter.js';
import { StratifiedKFold } from './splitters/stratified-k-fold.js';
import type { TrainTestSplit } from './train-test-split.js';

/** How rows are divided and weighted in a cross-validation. */
export interface CrossValOptions extends FitOptions {
  /** The folds. Default five stratified ones, unshuffled. */
  readonly cv?: Splitter;
  /** The groups that some splitters keep together. */
  readonly groups?: LabelsLike;
}

export interface CrossValScoreOptions extends CrossValOptions {
  /** Default `scorers.rocAuc`. */
  readonly scoring?: Scorer;
}

/**
 * The score of each fold: the classifier, with all the processing in its pipeline, is fitted on the training part of a split
 * and scored on its test part. Sample weights count in both.
 *
 * @throws `invalid-data` where `y`, weights or groups are of another number of rows than `x`; what the splitter, fitting and the
 *   scorer throw.
 */
export function crossValScore(
  classifier: Classifier,
  x: Table,
  y: LabelsLike,
  { scoring = scorers.rocAuc, ...options }: CrossValScoreOptions = {},
): number[] {
  const { sampleWeight } = options;
  return foldPredictions(classifier, x, y, options).map(({ labels, test, prediction }) =>
    scoring.score(
      labels.take(test),
      prediction.probabilities,
      sampleWeight && { sampleWeight: Float64Array.from(test, (row) => sampleWeight[row]) },
    ),
  );
}

/** What is predicted for each row by models that were fitted without it. */
export interface FoldPrediction extends TrainTestSplit {
  readonly labels: Labels;
  readonly prediction: Prediction;
}

/** Fits the classifier on each training part, and predicts the test part. */
export function foldPredictions(
  classifier: Classifier,
  x: Table,
  y: LabelsLike,
  { cv = new StratifiedKFold(), groups, sampleWeight }: CrossValOptions,
): FoldPrediction[] {
  const labels = Labels.from(y);
  requireTargetPerRow(x, labels);
  sampleWeights({ sampleWeight }, x.nRows);
  const splits = cv.split(x, labels, groups);
  const runner = new PieceRunner({ x, y: labels, splits, sampleWeight }, () => classifier);
  return splits.map((split, fold) => {
    const [prediction] = runner.run({ fold, prefix: [], candidates: [0] });
    return { ...split, labels, prediction };
  });
}
