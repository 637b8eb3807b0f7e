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
import { CentredRows, checkedRows } from './centred-rows.js';
import { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { LeastSquares } from './least-squares.js';
import { fittedLinear } from './linear-fit.js';
import { alphaParameter, fitInterceptParameter } from './linear-parameters.js';

const parameters = {
  /** The strength of the penalty, at least 0. Default 1. */
  alpha: withGrid(alphaParameter(), [1, 0.1, 10]),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
};

export type RidgeOptions = OptionsOf<typeof parameters>;

/**
 * Least squares with an l2 penalty: minimises `Σ v_i (y_i - x_i·w - b)² + alpha Σ w_j²`, with `v_i` the weight of a row and the intercept
 * not penalised; the objective of scikit-learn's `Ridge`. Scale the columns first; otherwise the penalty depends on their units.
 *
 * ```ts
 * new Ridge({ alpha: 10 }).fit(x, y).predict(x);
 * ```
 */
export class Ridge implements Regressor<FittedLinearRegressor> {
  readonly role = 'regressor';
  static readonly type = 'Ridge';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: RidgeOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not that of a linear regressor. */
  static restore(state: StateReader): FittedLinearRegressor {
    return FittedLinearRegressor.restore(Ridge.type, state);
  }

  /**
   * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if `x` has no rows, missing or infinite values,
   * values whose squares overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedLinearRegressor {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Fits several specifications, sharing the work that does not depend on `alpha`.
   *
   * @throws the errors of `fit`.
   */
  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly Ridge[],
    options?: FitOptions,
  ): FittedLinearRegressor[] {
    const checked = checkedRows({ x, y, options });
    const shared = new Map<boolean, { readonly rows: CentredRows; readonly squares: LeastSquares }>();
    return specifications.map(({ options: { alpha, fitIntercept } }) => {
      const known = shared.get(fitIntercept);
      const rows = known?.rows ?? new CentredRows(checked, fitIntercept);
      const squares = known?.squares ?? new LeastSquares(rows);
      shared.set(fitIntercept, { rows, squares });
      const coefficients = squares.solve(alpha);
      return fittedLinear(Ridge.type, rows, { coefficients, iterations: 0, converged: true });
    });
  }
}
