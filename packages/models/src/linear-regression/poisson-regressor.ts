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
import { fitTweedie, newtonParameters } from './fit-tweedie.js';
import { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { alphaParameter, fitInterceptParameter } from './linear-parameters.js';

const parameters = {
  /** The strength of the penalty, at least 0. Default 1. */
  alpha: withGrid(alphaParameter(), [1, 0.1, 0.01]),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
  ...newtonParameters(),
};

export type PoissonRegressorOptions = OptionsOf<typeof parameters>;

/**
 * Poisson regression of counts, or other non-negative values, whose logarithm is linear: minimises
 * `Σ v_i d(y_i, exp(x_i·w + b)) / (2 Σ v_i) + ½ alpha Σ w_j²` with `d` the Poisson deviance and `v_i` the weight of a row; the objective
 * of scikit-learn's `PoissonRegressor`. For rates, pass counts divided by exposures, with the exposures as sample weights. Scale the
 * columns first; otherwise the penalty depends on their units.
 *
 * ```ts
 * new PoissonRegressor({ alpha: 0.1 }).fit(x, counts).predict(x); // means
 * ```
 */
export class PoissonRegressor implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'PoissonRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: PoissonRegressorOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(PoissonRegressor.type, state, ['log']);
  }

  /**
   * @throws `invalid-target` if a target value is missing, infinite or below 0, naming the row; `invalid-data` if `x` has no rows,
   * missing or infinite values, values whose squares overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedLinearRegressor {
    return fitTweedie(PoissonRegressor.type, { x, y, options }, { ...this.options, power: 1, link: 'log' });
  }
}
