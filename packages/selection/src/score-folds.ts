import { ChurnError, isList, requireParameter, type Target } from '@churn/core';
import { type Scoring, scorerOf } from './scoring.js';
import { type FoldScores, foldScores } from './search/search-result.js';
import type { TrainTestSplit } from './train-test-split.js';

/**
 * The scores by fold of out-of-fold predictions: for a model's predictions, those of `crossValScore`; predictions of several models can
 * be blended first.
 *
 * ```ts
 * const splits = new StratifiedKFold({ nSplits: 5 }).split(x, y);
 * scoreFolds(y, crossValPredict(model, x, y), splits, 'logLoss').mean;
 * ```
 *
 * @param predictions as returned by `crossValPredict`: one array per class with one probability per row, or one array of predicted
 * values.
 * @param splits those of the predictions.
 * @param scoring default `rocAuc` for classes and `r2` for regression.
 * @throws `invalid-parameter` if predictions or splits are invalid; `invalid-data` unless there is one prediction per row; and as
 * `crossValScore` for scorers.
 */
export function scoreFolds<T extends Target>(
  y: T,
  predictions: readonly ArrayLike<number>[],
  splits: readonly TrainTestSplit[],
  scoring?: Scoring,
): FoldScores {
  requireParameter(hasKind(y), 'y', 'Labels or TargetValues', y);
  requireParameter(
    Array.isArray(predictions) && predictions.length > 0 && predictions.every(isList),
    'predictions',
    'one or more lists with one number per row',
    predictions,
  );
  requireParameter(
    Array.isArray(splits) && splits.length > 0 && splits.every((split) => isSplit(split, y.length)),
    'splits',
    'one or more splits of these rows',
    splits,
  );
  const scorer = scorerOf<T>(scoring, y);
  const other = predictions.find(({ length }) => length !== y.length);
  if (other) {
    throw new ChurnError(
      'invalid-data',
      `expected ${y.length} predictions, one per row, got ${other.length}`,
    );
  }
  return foldScores(
    splits.map(({ test }) => {
      const held = predictions.map((column) => Float64Array.from(test, (row) => column[row]));
      return scorer.score(y.take(test) as T, held);
    }),
  );
}

function hasKind(y: unknown): y is Target {
  return typeof y === 'object' && y !== null && typeof (y as Target).take === 'function' && 'kind' in y;
}

function isSplit(split: unknown, nRows: number): boolean {
  const { test } = (split ?? {}) as Partial<TrainTestSplit>;
  return (
    isList(test) &&
    Array.from(test as ArrayLike<unknown>).every(
      (row) => Number.isInteger(row) && Number(row) >= 0 && Number(row) < nRows,
    )
  );
}
