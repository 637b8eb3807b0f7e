import {
  type FitOptions,
  type OptionsOf,
  oneOf,
  type Parameter,
  parameter,
  type Regressor,
  readOptions,
  requireParameter,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetValuesLike,
  withDefault,
  withGrid,
} from '@churn/core';
import { fitTweedie, newtonParameters } from './fit-tweedie.js';
import { FittedLinearRegressor, REGRESSION_LINKS } from './fitted-linear-regressor.js';
import { alphaParameter, fitInterceptParameter } from './linear-parameters.js';

const isPower = (value: unknown): value is number =>
  Number.isFinite(value) && (value === 0 || (value as number) >= 1);

// @__NO_SIDE_EFFECTS__
function powerParameter(): Parameter<number> {
  return parameter('0 or a number of at least 1', isPower);
}

const parameters = {
  /** How the variance grows with the mean: 0 (default), or a number of at least 1. */
  power: withGrid(withDefault(powerParameter(), 0), [0, 1, 1.5]),
  /**
   * The link function: the mean is the score, `'identity'`, or its exponential, `'log'`. Default `'auto'`: the identity for power 0,
   * otherwise `'log'`.
   */
  link: withDefault(oneOf(['auto', 'identity', 'log']), 'auto'),
  /** The strength of the penalty, at least 0. Default 1. */
  alpha: withGrid(alphaParameter(), [1, 0.1, 0.01]),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
  ...newtonParameters(),
};

export type TweedieRegressorOptions = OptionsOf<typeof parameters>;

/**
 * Regression by the Tweedie deviance of a power: minimises `Σ v_i d(y_i, mu_i) / (2 Σ v_i) + ½ alpha Σ w_j²` with `v_i` the weight of a
 * row; the objective of scikit-learn's `TweedieRegressor`. The power determines how the variance grows with the mean: 0 not at all
 * (normal), 1 in proportion (Poisson), 2 with its square (Gamma), 3 with its cube (inverse Gaussian); between 1 and 2 are sums of a
 * random number of target values, often 0, such as claims or purchases in a year. Scale the columns first; otherwise the penalty depends
 * on their units.
 *
 * ```ts
 * new TweedieRegressor({ power: 1.5 }).fit(x, purchases).predict(x); // means
 * ```
 */
export class TweedieRegressor implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'TweedieRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: TweedieRegressorOptions) {
    this.options = readOptions(parameters, options);
    const { power, link } = this.options;
    requireParameter(
      link !== 'identity' || power === 0,
      'link',
      "'auto' or 'log' for a power other than 0",
      link,
    );
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(TweedieRegressor.type, state, REGRESSION_LINKS);
  }

  /**
   * @throws `invalid-target` if a target value is missing, infinite or below the range of the power, naming the row; `invalid-data` if
   * `x` has no rows, missing or infinite values, values whose squares overflow, or differs in length from `y`; `column-kind` if it has
   * categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedLinearRegressor {
    const { power, link } = this.options;
    const isIdentity = power === 0 && link !== 'log';
    return fitTweedie(
      TweedieRegressor.type,
      { x, y, options },
      { ...this.options, link: isIdentity ? 'identity' : 'log' },
    );
  }
}
