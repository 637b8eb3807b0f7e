import {
  ChurnError,
  type FitOptions,
  type FittedRegressor,
  numberParameter,
  oneOf,
  parameter,
  type Regressor,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  requireSpecification,
  requireTargetPerRow,
  restorePart,
  type StateReader,
  type Table,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import { crossValPredict } from '../cross-val-predict.js';
import { KFold } from '../splitters/k-fold.js';
import type { Splitter } from '../splitters/splitter.js';
import { splitterOf } from '../splitters/splitter-of.js';
import { type TrainTestSplit, trainTestSplit } from '../train-test-split.js';
import {
  bandOf,
  type ConformalPart,
  type ConformalScore,
  restoredConformalPart,
  SCORES,
  scoresOfBand,
} from './conformal-part.js';
import { FittedConformalRegressor } from './fitted-conformal-regressor.js';

const METHODS = ['split', 'cross'] as const;

const parameters = {
  regressor: required(parameter<Regressor>('an unfitted regressor', isAnything)),
  method: withDefault(oneOf(METHODS), 'split'),
  score: withDefault(oneOf(SCORES), 'absolute'),
  residualRegressor: parameter<Regressor>('an unfitted regressor', isAnything),
  testSize: withDefault(parameter('a share between 0 and 1, or a number of rows', isNumber), 0.2),
  cv: parameter<Splitter | number>('a splitter, or a number of folds of at least 2', isAnything),
  seed: withDefault(numberParameter(), 0),
};

export interface ConformalRegressorOptions<F extends FittedRegressor = FittedRegressor> {
  /** The regressor whose predictions get intervals; a `Pipeline` is allowed. */
  readonly regressor: Regressor<F>;
  /** `'split'` (default) holds out some rows; `'cross'` holds out each row once, in folds. */
  readonly method?: (typeof METHODS)[number];
  /**
   * How errors are measured: `'absolute'` (default) is the distance from the prediction, `'quantile'` the distance from the range between
   * the lowest and the highest predicted quantile.
   */
  readonly score?: ConformalScore;
  /** A regressor of the size of errors: intervals are wider if it predicts large ones. By default, all errors count alike. */
  readonly residualRegressor?: Regressor;
  /** For `'split'`: the share of rows held out, between 0 and 1, or their number. Default 0.2. */
  readonly testSize?: number;
  /** For `'cross'`: a splitter that tests each row once, or the number of random folds. Default 5. */
  readonly cv?: Splitter | number;
  /** The seed of splits and folds. Default 0. */
  readonly seed?: number;
}

/** The smallest predicted error, as a share of the mean one, so that no interval becomes arbitrarily narrow. */
const LEAST_RESIDUAL = 0.01;

/**
 * Conformal prediction: a regressor with prediction intervals of guaranteed coverage, for any regressor and any distribution of errors,
 * if rows are exchangeable with those of the fit.
 *
 * With `n` rows held out, the interval extends from the prediction by the `ceil((n + 1) coverage)`-th smallest of their errors.
 *
 * - `'split'` fits the regressor on the other rows (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-free predictive
 *   inference for regression", 2018). An interval contains the true value of a new row with a probability from `coverage` to, without
 *   ties, `coverage + 1 / (n + 1)`.
 * - `'cross'` is CV+ (Barber, Candès, Ramdas and Tibshirani, "Predictive inference with the jackknife+", 2021): each fold is held out
 *   from its own model, and predictions are those of a model fitted on all rows. Intervals are narrower, since no row is lost; their
 *   coverage is about `coverage`, and at least `1 - 2 (1 - coverage) - sqrt(2 / n)`. With as many folds as rows it is the jackknife+.
 * - A `residualRegressor` is fitted on the errors of rows held out in five further folds within the training rows, and errors are divided
 *   by its predictions (Papadopoulos, Gammerman and Vovk, "Normalized nonconformity measures for regression conformal prediction", 2008).
 *   It changes where intervals are wide, but not their coverage.
 * - The score `'quantile'` is conformalised quantile regression (Romano, Patterson and Candès, 2019).
 *
 * ```ts
 * const model = new ConformalRegressor({ regressor: pipeline, method: 'cross' }).fit(x, y);
 * const { low, high } = model.predictInterval(rows, { coverage: 0.9 });
 * ```
 */
export class ConformalRegressor<F extends FittedRegressor = FittedRegressor>
  implements Regressor<FittedConformalRegressor<F>>
{
  readonly role = 'regressor';
  static readonly type = 'ConformalRegressor';
  static readonly parameters = parameters;
  readonly options: ConformalRegressorOptions<F>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: ConformalRegressorOptions<F>) {
    const settings = readOptions(parameters, options);
    const { regressor, residualRegressor, method, cv } = settings;
    requireSpecification(regressor, 'regressor', ['regressor']);
    if (residualRegressor !== undefined)
      requireSpecification(residualRegressor, 'residualRegressor', ['regressor']);
    if (cv !== undefined) {
      requireParameter(method === 'cross', 'cv', "nothing with the method 'split', which uses testSize", cv);
      splitterOf(cv, { kind: 'values' });
    }
    this.options = settings as ConformalRegressorOptions<F>;
  }

  /** @throws `model-file` if the state is not one of a conformal regressor, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedConformalRegressor {
    const score = state.oneOf('score', SCORES);
    const [first, ...others] = state
      .children('parts')
      .map((part) => restoredConformalPart(part, score, classes));
    state.expect(first !== undefined, 'parts', 'one or more');
    const regressor =
      others.length > 0 ? restorePart(state.child('regressor'), classes, 'regressor') : first.regressor;
    return new FittedConformalRegressor(regressor, [first, ...others], score);
  }

  /**
   * @throws `invalid-parameter` for sample weights, with which rows are not exchangeable; if there are too few rows for the split or the
   * folds, or the splitter does not test each row once; `invalid-target` if a target value is missing or infinite; `invalid-data` if `y`
   * has not one per row; and the errors of the regressors.
   */
  fit(x: Table, y: TargetValuesLike, { sampleWeight }: FitOptions = {}): FittedConformalRegressor<F> {
    requireParameter(
      sampleWeight === undefined,
      'sampleWeight',
      'none, since weighted intervals have no guaranteed coverage',
      sampleWeight,
    );
    const amounts = TargetValues.from(y);
    requireTargetPerRow(x, amounts);
    const { method, regressor, score = 'absolute' } = this.options;
    const splits = method === 'cross' ? this.#folds(x) : [this.#split(amounts)];
    const [first, ...others] = splits.map((split) => this.#part(x, amounts, split));
    const model = others.length > 0 ? regressor.fit(x, amounts) : (first.regressor as F);
    return new FittedConformalRegressor(model, [first, ...others], score);
  }

  #split(amounts: TargetValues): TrainTestSplit {
    return trainTestSplit(amounts, { testSize: this.options.testSize, seed: this.options.seed });
  }

  #folds(x: Table): readonly TrainTestSplit[] {
    const { cv = 5, seed } = this.options;
    const splits =
      typeof cv === 'number' ? new KFold({ nSplits: cv, shuffle: true, seed }).split(x) : cv.split(x);
    const times = new Int32Array(x.nRows);
    for (const { test } of splits) for (const row of test) times[row]++;
    const row = times.findIndex((count) => count !== 1);
    if (row < 0) return splits;
    throw new ChurnError(
      'invalid-parameter',
      `cv: expected splits that test each row once, but row ${row} is tested ${times[row]} times`,
    );
  }

  #part(x: Table, amounts: TargetValues, { train, test }: TrainTestSplit): ConformalPart {
    const { regressor, residualRegressor, score = 'absolute', seed } = this.options;
    const known = { x: x.take(train), y: amounts.take(train) };
    const model = regressor.fit(known.x, known.y);
    const part = {
      regressor: model,
      ...(residualRegressor && fittedResiduals(residualRegressor, regressor, known, seed)),
    };
    return { ...part, scores: scoresOfBand(bandOf(part, score, x.take(test)), amounts.take(test).values) };
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** A model of the size of a regressor's errors, fitted on held-out rows. */
function fittedResiduals(
  residualRegressor: Regressor,
  regressor: Regressor,
  { x, y }: { readonly x: Table; readonly y: TargetValues },
  seed: number | undefined,
): Pick<ConformalPart, 'residualRegressor' | 'leastResidual'> {
  const cv = new KFold({ shuffle: true, seed });
  const [predicted] = crossValPredict(regressor, x, y, { cv });
  const sizes = y.values.map((value, row) => Math.abs(value - predicted[row]));
  const mean = sizes.reduce((sum, size) => sum + size / sizes.length, 0);
  return { residualRegressor: residualRegressor.fit(x, sizes), leastResidual: mean * LEAST_RESIDUAL || 1 };
}
