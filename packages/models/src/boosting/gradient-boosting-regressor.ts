import {
  ChurnError,
  type FitOptions,
  listOf,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  type Regressor,
  readOptions,
  requireParameter,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  type Table,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { requireFeatures } from '../trees/require-features.js';
import {
  type FullSettings as BoostingSettings,
  boostingParameters,
  fitInGroups,
  forRows,
  nWeighted,
  roundsKey,
} from './boosting-settings.js';
import { fitBoosting, goneOnFrom, notGoneOnFrom } from './fit-boosting.js';
import {
  type BoostedRegression,
  FittedGradientBoostingRegressor,
} from './fitted-gradient-boosting-regressor.js';
import { AMOUNT_LOSSES, isLogLinked, regressionLoss } from './regression-loss.js';

const parameters = {
  /**
   * The loss: `'squaredError'` (default), `'absoluteError'`, `'huber'`, `'quantile'`, or half the deviance of `'poisson'`, `'gamma'` or
   * `'tweedie'`, whose predictions are above 0.
   */
  loss: withDefault(oneOf(AMOUNT_LOSSES), 'squaredError'),
  /** The level of the loss `'quantile'`, between 0 and 1. Default 0.5. */
  quantile: withDefault(numberParameter({ above: 0, below: 1 }), 0.5),
  /** Several ascending levels instead of one; the model predicts the quantile of each. Default `null`. */
  quantiles: withDefault(orNull(listOf(numberParameter({ above: 0, below: 1 }))), null),
  /** The share of rows, between 0 and 1, whose residuals the loss `'huber'` squares; larger residuals count linearly. Default 0.9. */
  alpha: withDefault(numberParameter({ above: 0, below: 1 }), 0.9),
  /** The variance power of the loss `'tweedie'`, between 1 and 2. Default 1.5. */
  power: withDefault(numberParameter({ above: 1, below: 2 }), 1.5),
  ...boostingParameters,
};

export type GradientBoostingRegressorOptions = OptionsOf<typeof parameters>;

type Settings = SettingsOf<typeof parameters>;

/** The options of `fit`, besides rows and target. */
export interface GradientBoostingRegressorFitOptions extends FitOptions {
  /** A model to continue from, as in `BoostingFitOptions`. */
  readonly from?: FittedGradientBoostingRegressor;
}

/**
 * Gradient boosting for regression: the trees and options of `GradientBoostingClassifier`, with a choice of losses. Targets are scaled by
 * their standard deviation, or by their mean if predictions are positive, so the model does not depend on their unit.
 *
 * Leaf values of the losses based on the order of residuals are quantiles of the residuals (Friedman, "Greedy function approximation",
 * 2001); with `monotone`, they are gradient steps instead. The threshold of the Huber loss is computed once, from `alpha`, and not in
 * each round.
 *
 * With several `quantiles`, each round has one tree per quantile, and the quantiles of a row are sorted, so that they never cross
 * (Chernozhukov, Fernández-Val and Galichon, "Quantile and probability curves without crossing", 2010).
 *
 * ```ts
 * const model = new GradientBoostingRegressor({ loss: 'quantile', quantiles: [0.05, 0.5, 0.95] }).fit(x, y);
 * const [low, median, high] = model.predictQuantiles?.(x) ?? [];
 * ```
 */
export class GradientBoostingRegressor implements Regressor<FittedGradientBoostingRegressor> {
  readonly role = 'regressor';
  static readonly type = 'GradientBoostingRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: GradientBoostingRegressorOptions) {
    this.options = readOptions(parameters, options);
    const { quantiles, loss } = this.options;
    if (quantiles === null) return;
    const areLevels =
      quantiles.length > 1 && quantiles.every((level, k) => k === 0 || level > quantiles[k - 1]);
    requireParameter(areLevels, 'quantiles', 'two or more ascending levels', quantiles);
    requireParameter(loss === 'quantile', 'quantiles', `null for loss ${JSON.stringify(loss)}`, quantiles);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedGradientBoostingRegressor {
    return FittedGradientBoostingRegressor.restore(state);
  }

  /**
   * @throws `invalid-target` if a target value is missing or infinite, negative for the Poisson or Tweedie loss, or not positive for the
   * gamma loss, naming the row, or if all are 0 for one of these; `invalid-data` if `x` has infinite values, no rows, no columns or more
   * than 32,767, or differs in length from `y`; `column-name` or `column-kind` if `monotone` or `interactions` name unsuitable columns;
   * `invalid-parameter` if `from` is not suitable.
   */
  fit(
    x: Table,
    y: TargetValuesLike,
    options?: GradientBoostingRegressorFitOptions,
  ): FittedGradientBoostingRegressor {
    return fitTogether(x, y, this.options, [forRows(this.options, nWeighted(x, options))], options)[0];
  }

  /** All settings except the number of rounds; all settings if it is to be found. */
  fitManyKey(): string {
    return roundsKey(this.options);
  }

  /** Specifications that differ only in `nEstimators`, and do not stop early, share their trees. */
  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly GradientBoostingRegressor[],
    options?: GradientBoostingRegressorFitOptions,
  ): FittedGradientBoostingRegressor[] {
    return fitInGroups(specifications, nWeighted(x, options), (group, first) =>
      fitTogether(x, y, first.options, group, options),
    );
  }
}

/** Fits settings that differ only in the number of rounds. */
function fitTogether(
  x: Table,
  y: TargetValuesLike,
  { loss, quantile, quantiles, alpha, power }: Settings,
  group: readonly BoostingSettings[],
  options: GradientBoostingRegressorFitOptions = {},
): FittedGradientBoostingRegressor[] {
  const amounts = TargetValues.from(y);
  requireTargetPerRow(x, amounts);
  requireFeatures(x);
  if (amounts.length === 0) {
    throw new ChurnError('invalid-data', 'GradientBoostingRegressor: the table has no rows');
  }
  const weights = sampleWeights(options, x.nRows) ?? new Float64Array(x.nRows).fill(1);
  const own = { link: isLogLinked(loss) ? ('exp' as const) : ('identity' as const), quantiles };
  const from = options.from && ofAmounts(options.from, x, own);
  const levels = quantiles ?? [quantile];
  const rows = { x, weights, from, loss: regressionLoss(amounts, weights, { loss, levels, alpha, power }) };
  const strata = { codes: new Int32Array(x.nRows), nStrata: 1 };
  return fitBoosting(rows, strata, group).map(
    (boosted) => new FittedGradientBoostingRegressor({ ...own, ...boosted }),
  );
}

/** The model to continue from. @throws as `goneOnFrom`, and if its scores have another meaning. */
function ofAmounts(
  from: FittedGradientBoostingRegressor,
  x: Table,
  { link, quantiles }: Pick<BoostedRegression, 'link' | 'quantiles'>,
): BoostedRegression {
  const said = (of: Pick<BoostedRegression, 'link' | 'quantiles'>) =>
    `of ${of.quantiles ? `the quantiles ${of.quantiles.join(', ')}` : of.link === 'exp' ? 'logarithms of amounts' : 'amounts'}`;
  if (JSON.stringify([link, quantiles]) !== JSON.stringify([from.boosted.link, from.boosted.quantiles])) {
    throw notGoneOnFrom(said({ link, quantiles }), `one ${said(from.boosted)}`);
  }
  return goneOnFrom(from, x);
}
