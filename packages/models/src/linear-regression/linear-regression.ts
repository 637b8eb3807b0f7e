import {
  type FitOptions,
  type OptionsOf,
  type Regressor,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetValuesLike,
} from '@churn/core';
import { CentredRows, checkedRows } from './centred-rows.js';
import { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { LeastSquares } from './least-squares.js';
import { fittedLinear } from './linear-fit.js';
import { fitInterceptParameter } from './linear-parameters.js';

const parameters = {
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
};

export type LinearRegressionOptions = OptionsOf<typeof parameters>;

/**
 * Least squares: minimises `Σ v_i (y_i - x_i·w - b)²`, with `v_i` the weight of a row. If columns are linearly dependent, or outnumber
 * the rows, the coefficients are those of minimum norm, as in scikit-learn's `LinearRegression`.
 *
 * ```ts
 * const model = new LinearRegression().fit(x, y);
 * model.coefficients; // one per feature
 * ```
 */
export class LinearRegression implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'LinearRegression';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: LinearRegressionOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(LinearRegression.type, state);
  }

  /**
   * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if `x` has no rows, missing or infinite values,
   * values whose squares overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedLinearRegressor {
    const rows = new CentredRows(checkedRows({ x, y, options }), this.options.fitIntercept);
    const coefficients = new LeastSquares(rows).solve(0);
    return fittedLinear(LinearRegression.type, rows, { coefficients, iterations: 0, converged: true });
  }
}
