import {
  type FitOptions,
  type OptionsOf,
  type Regressor,
  readOptions,
  type StateReader,
  type Table,
  type TargetValuesLike,
} from '@churn/core';
import { FittedForestRegressor } from './fitted-forest-regressor.js';
import {
  type ForestRegressorSettings,
  forestRegressorParameters,
  requireDrawnRows,
} from './forest-parameters.js';
import { growRegressionForests } from './grow-regression-forests.js';

export type RandomForestRegressorOptions = OptionsOf<typeof forestRegressorParameters>;

/**
 * A random forest for regression: the mean of decision trees, each grown on rows drawn with replacement (Breiman, "Random forests",
 * 2001).
 *
 * Columns are binned, missing values go to the better side, and fewer trees are the first of many, as in `RandomForestClassifier`. By
 * default all features are considered for each split, as in scikit-learn. Target values are summed as integers of a small unit, so the
 * trees do not depend on the order of the rows, except for which rows are drawn.
 *
 * ```ts
 * new RandomForestRegressor({ nEstimators: 500, minSamplesLeaf: 3, seed: 42 }).fit(x, y).predict(x);
 * ```
 */
export class RandomForestRegressor implements Regressor<FittedForestRegressor> {
  readonly role = 'regressor';
  static readonly type = 'RandomForestRegressor';
  static readonly parameters = forestRegressorParameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestRegressorSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: RandomForestRegressorOptions) {
    this.options = readOptions(forestRegressorParameters, options);
    requireDrawnRows(this.options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForestRegressor {
    return FittedForestRegressor.restore(RandomForestRegressor.type, state);
  }

  /**
   * @throws `invalid-target` if a target value is missing, infinite or larger than 1e300 in size, or, with the criterion `'poisson'`,
   * below 0; `invalid-data` if `x` has infinite values, no rows, no columns or more than 32,767, or differs in length from `y`;
   * `column-kind` if it has categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedForestRegressor {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly RandomForestRegressor[],
    options?: FitOptions,
  ): FittedForestRegressor[] {
    return growRegressionForests(
      { type: RandomForestRegressor.type, splitter: 'best' },
      x,
      y,
      specifications,
      options,
    );
  }
}
