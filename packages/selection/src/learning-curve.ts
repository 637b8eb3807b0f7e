import {
  booleanParameter,
  ChurnError,
  listOf,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireTargetPerRow,
  sampleWeights,
  type Target,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { crossValScoreParameters } from './cross-val-options.js';
import { type AnyModel, forOrder, targetOf } from './model.js';
import { orderIsEnough, scorerOf } from './scoring.js';
import { PieceRunner } from './search/pieces.js';
import { splitterOf } from './splitters/splitter-of.js';
import { askedTimes } from './survival-scorer.js';
import { type TableLike, tableOf } from './table-like.js';
import { askedAboutBoth, trainAndTestScores } from './train-and-test-scores.js';

const parameters = {
  ...crossValScoreParameters,
  /** The numbers of training rows: shares of the first training part, up to 1, or numbers above 1. Default five shares from 0.1 to 1. */
  trainSizes: withDefault(listOf(numberParameter({ above: 0 })), [0.1, 0.325, 0.55, 0.775, 1]),
  /** Whether to shuffle the rows of a training part before taking the first ones. Default false. */
  shuffle: withDefault(booleanParameter(), false),
  /** The random seed; without effect unless `shuffle` is set. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type LearningCurveOptions = OptionsOf<typeof parameters>;

/** The scores of a model by the number of training rows. */
export interface LearningCurve {
  /** The numbers of training rows, ascending and distinct. */
  readonly trainSizes: readonly number[];
  /** For each of them one score per fold, on the training rows. */
  readonly trainScores: readonly (readonly number[])[];
  /** The same on the held-out rows. */
  readonly testScores: readonly (readonly number[])[];
}

/**
 * The scores of a model by the number of training rows (scikit-learn's `learning_curve`): test parts stay complete, and the first rows of
 * each training part are used. If the two curves are still converging, more rows would help.
 *
 * @throws as `crossValScore`; `invalid-parameter` if a size exceeds the rows of a training part, or target values to none.
 */
export function learningCurve(
  model: AnyModel,
  rows: TableLike,
  y: TargetLike,
  options?: LearningCurveOptions,
): LearningCurve {
  const { trainSizes, shuffle, seed, scoring, ...settings } = readOptions(parameters, options);
  const { cv, groups, sampleWeight } = settings;
  const x = tableOf(rows);
  const target = targetOf(model, y);
  requireTargetPerRow(x, target);
  sampleWeights({ sampleWeight }, x.nRows);
  const scorer = scorerOf<Target>(scoring, target);
  const fitted = orderIsEnough([scorer], target) ? forOrder(model) : model;
  const times = askedTimes([scorer]);
  const random = new Random(seed).stream('learningCurve');
  const splits = splitterOf(cv, target)
    .split(x, target, groups)
    .map(({ train, test }, fold) => ({
      train: shuffle ? random.stream(fold).shuffle(Int32Array.from(train)) : train,
      test,
    }));
  const sizes = sizesOf(
    trainSizes,
    Math.min(...splits.map(({ train }) => train.length)),
    splits[0].train.length,
  );
  const scores = sizes.map((size) => {
    const asked = askedAboutBoth(splits.map(({ train, test }) => ({ train: train.slice(0, size), test })));
    const data = { x, y: target, splits: asked, sampleWeight, times };
    const runner = new PieceRunner(data, () => fitted);
    return asked.map((split, fold) => {
      const [{ predictions }] = runner.run({ fold, prefix: [], candidates: [0] });
      return trainAndTestScores(scorer, data, split, predictions);
    });
  });
  return {
    trainSizes: sizes,
    trainScores: scores.map((folds) => folds.map(({ train }) => train)),
    testScores: scores.map((folds) => folds.map(({ test }) => test)),
  };
}

/** Numbers of rows, of which a share is one of `whole`. */
function sizesOf(given: readonly number[], least: number, whole: number): number[] {
  const sizes = given.map((size) => (size <= 1 ? Math.floor(size * whole + 1e-9) : size));
  const wrong = sizes.findIndex((size) => !(Number.isInteger(size) && size >= 1 && size <= least));
  if (wrong < 0 && sizes.length > 0) return [...new Set(sizes)].sort((a, b) => a - b);
  throw new ChurnError(
    'invalid-parameter',
    `trainSizes: expected shares up to 1, or integers up to the ${least} rows of a training part, got ${given[wrong] ?? 'none'}`,
  );
}
