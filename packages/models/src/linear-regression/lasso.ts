import {
  type FitOptions,
  type OptionsOf,
  type Regressor,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetValuesLike,
  withGrid,
} from '@churn/core';
import { descentParameters, fitElasticNets } from './fit-elastic-nets.js';
import { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { alphaParameter, fitInterceptParameter } from './linear-parameters.js';

const parameters = {
  /** The strength of the penalty, at least 0. Default 1. */
  alpha: withGrid(alphaParameter(), [1, 0.1, 0.01]),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
  ...descentParameters(),
};

export type LassoOptions = OptionsOf<typeof parameters>;

/**
 * Least squares with an l1 penalty, which makes coefficients exactly zero: minimises
 * `Σ v_i (y_i - x_i·w - b)² / (2 Σ v_i) + alpha Σ |w_j|`, with `v_i` the weight of a row; the objective of scikit-learn's `Lasso`. Scale
 * the columns first; otherwise the penalty depends on their units.
 *
 * Coordinate descent and a feature-sign search on the products of columns find the exact minimum; `fitMany` fits a path of `alpha` with
 * warm starts.
 *
 * ```ts
 * new Lasso({ alpha: 0.1 }).fit(x, y).coefficients; // 0 for a useless column
 * ```
 */
export class Lasso implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'Lasso';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: LassoOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(Lasso.type, state);
  }

  /**
   * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if `x` has no rows, missing or infinite values,
   * values whose squares overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedLinearRegressor {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Fits several specifications. Those that differ only in `alpha` are fitted in descending order with warm starts.
   *
   * @throws the errors of `fit`.
   */
  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly Lasso[],
    options?: FitOptions,
  ): FittedLinearRegressor[] {
    const settings = specifications.map((each) => ({ ...each.options, l1Ratio: 1 }));
    return fitElasticNets(Lasso.type, { x, y, options }, settings);
  }
}
