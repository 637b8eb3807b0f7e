import {
  type FitOptions,
  numberParameter,
  type OptionsOf,
  type Regressor,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetValuesLike,
  withDefault,
  withGrid,
} from '@churn/core';
import { descentParameters, fitElasticNets } from './fit-elastic-nets.js';
import { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { alphaParameter, fitInterceptParameter } from './linear-parameters.js';

const parameters = {
  /** The strength of the penalty, at least 0. Default 1. */
  alpha: withGrid(alphaParameter(), [1, 0.1, 0.01]),
  /** The share of the absolute penalty, from 0 to 1. Default 0.5. */
  l1Ratio: withDefault(numberParameter({ from: 0, to: 1 }), 0.5),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
  ...descentParameters(),
};

export type ElasticNetOptions = OptionsOf<typeof parameters>;

/**
 * Least squares with both penalties: minimises
 * `Σ v_i (y_i - x_i·w - b)² / (2 Σ v_i) + alpha l1Ratio Σ |w_j| + ½ alpha (1 - l1Ratio) Σ w_j²`, with `v_i` the weight of a row; the
 * objective of scikit-learn's `ElasticNet`. Scale the columns first; otherwise the penalty depends on their units.
 *
 * `fitMany` fits a path of `alpha` with warm starts, and `elasticNetPath` chooses such a path by itself.
 *
 * ```ts
 * new ElasticNet({ alpha: 0.1, l1Ratio: 0.9 }).fit(x, y).predict(x);
 * ```
 */
export class ElasticNet implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'ElasticNet';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: ElasticNetOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(ElasticNet.type, state);
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
    specifications: readonly ElasticNet[],
    options?: FitOptions,
  ): FittedLinearRegressor[] {
    const settings = specifications.map((each) => each.options);
    return fitElasticNets(ElasticNet.type, { x, y, options }, settings);
  }
}
