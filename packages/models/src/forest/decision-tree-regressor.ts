import {
  type FitOptions,
  type OptionsOf,
  type Regressor,
  readOptions,
  type StateReader,
  type Table,
  type TargetValuesLike,
  withDefault,
  withGrid,
} from '@churn/core';
import { FittedForestRegressor } from './fitted-forest-regressor.js';
import { type ForestRegressorSettings, treeRegressorParameters } from './forest-parameters.js';
import { growRegressionForests } from './grow-regression-forests.js';
import { maxFeaturesParameter } from './max-features.js';

const parameters = {
  ...treeRegressorParameters,
  /** The maximum depth of a tree, at least 1; `null` (default) for no limit. */
  maxDepth: withGrid(treeRegressorParameters.maxDepth, [4, 8, null]),
  /** The number of features considered for each split, drawn anew at each node. Default `'all'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
};

export type DecisionTreeRegressorOptions = OptionsOf<typeof parameters>;

/**
 * A decision tree for regression (Breiman et al., "Classification and Regression Trees", 1984): a
 * `RandomForestRegressor` of one tree, grown on all rows.
 *
 * ```ts
 * new DecisionTreeRegressor({ maxDepth: 4 }).fit(x, y).predict(x);
 * ```
 */
export class DecisionTreeRegressor implements Regressor<FittedForestRegressor> {
  readonly role = 'regressor';
  static readonly type = 'DecisionTreeRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestRegressorSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: DecisionTreeRegressorOptions) {
    const tree = readOptions(parameters, options);
    this.options = { nEstimators: 1, bootstrap: false, oobScore: false, nJobs: 1, ...tree };
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForestRegressor {
    return FittedForestRegressor.restore(DecisionTreeRegressor.type, state);
  }

  /** @throws as `RandomForestRegressor`. */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedForestRegressor {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly DecisionTreeRegressor[],
    options?: FitOptions,
  ): FittedForestRegressor[] {
    return growRegressionForests(
      { type: DecisionTreeRegressor.type, splitter: 'best' },
      x,
      y,
      specifications,
      options,
    );
  }
}
