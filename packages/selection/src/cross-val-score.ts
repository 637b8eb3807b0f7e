import {
  readOptions,
  requireTargetPerRow,
  sampleWeights,
  type Table,
  type Target,
  type TargetLike,
} from '@churn/core';
import {
  type CrossValOptions,
  type CrossValScoreOptions,
  crossValScoreParameters,
} from './cross-val-options.js';
import { type AnyModel, forOrder, targetOf } from './model.js';
import { orderIsEnough, scorerOf } from './scoring.js';
import { PieceRunner } from './search/pieces.js';
import { splitterOf } from './splitters/splitter-of.js';
import { askedTimes } from './survival-scorer.js';
import { type TableLike, tableOf } from './table-like.js';
import type { TrainTestSplit } from './train-test-split.js';

/**
 * The score of each fold: the model, with all the processing in its pipeline, is fitted on the training part of a split and scored on its
 * test part. Sample weights count in both.
 *
 * If the scorer needs only the ranking of two classes, models skip their calibration where possible.
 *
 * @throws `invalid-parameter` if the model is not an unfitted one, or an option is invalid; `invalid-data` if `y`, weights or groups
 * differ in length from `x`; and the errors of the splitter, of fitting and of the scorer.
 */
export function crossValScore(
  model: AnyModel,
  x: TableLike,
  y: TargetLike,
  options?: CrossValScoreOptions,
): number[] {
  const { scoring, ...settings } = readOptions(crossValScoreParameters, options);
  const { sampleWeight } = settings;
  const target = targetOf(model, y);
  const scorer = scorerOf<Target>(scoring, target);
  const fitted = orderIsEnough([scorer], target) ? forOrder(model) : model;
  return foldPredictions(fitted, tableOf(x), target, settings, askedTimes([scorer])).map(
    ({ test, predictions }) =>
      scorer.score(
        target.take(test),
        predictions,
        sampleWeight && { sampleWeight: Float64Array.from(test, (row) => sampleWeight[row]) },
      ),
  );
}

/** Out-of-fold predictions of each fold. */
interface FoldPredictions extends TrainTestSplit {
  /** One array per class, or one array of predicted values. */
  readonly predictions: readonly Float64Array[];
}

/** Fits the model on each training part, and predicts the test part; of durations survival at `times` too. */
export function foldPredictions(
  model: AnyModel,
  x: Table,
  y: Target,
  { cv, groups, sampleWeight }: CrossValOptions,
  times?: readonly number[],
): FoldPredictions[] {
  requireTargetPerRow(x, y);
  sampleWeights({ sampleWeight }, x.nRows);
  const splits = splitterOf(cv, y).split(x, y, groups);
  const runner = new PieceRunner({ x, y, splits, sampleWeight, times }, () => model);
  return splits.map((split, fold) => {
    const [{ predictions }] = runner.run({ fold, prefix: [], candidates: [0] });
    return { ...split, predictions };
  });
}
