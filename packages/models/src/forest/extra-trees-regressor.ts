import {
  booleanParameter,
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
import {
  type ForestRegressorSettings,
  forestRegressorParameters,
  requireDrawnRows,
} from './forest-parameters.js';
import { growRegressionForests } from './grow-regression-forests.js';

const parameters = {
  ...forestRegressorParameters,
  /** The number of features considered for each split, drawn anew at each node. Default `'all'`. */
  maxFeatures: withGrid(forestRegressorParameters.maxFeatures, ['all', 0.5]),
  /** Whether each tree is fitted on rows drawn with replacement, or on all (default). */
  bootstrap: withDefault(booleanParameter(), false),
};

export type ExtraTreesRegressorOptions = OptionsOf<typeof parameters>;

/**
 * Extremely randomised trees for regression: the mean of decision trees whose nodes are split by the best of a few *random* splits, one
 * of each feature drawn there (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006). Each tree is fitted on all rows.
 *
 * Splits are drawn as in `ExtraTreesClassifier`; otherwise this is a `RandomForestRegressor`.
 *
 * ```ts
 * new ExtraTreesRegressor({ nEstimators: 500, minSamplesLeaf: 3, seed: 42 }).fit(x, y).predict(x);
 * ```
 */
export class ExtraTreesRegressor implements Regressor<FittedForestRegressor> {
  readonly role = 'regressor';
  static readonly type = 'ExtraTreesRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestRegressorSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: ExtraTreesRegressorOptions) {
    this.options = readOptions(parameters, options);
    requireDrawnRows(this.options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForestRegressor {
    return FittedForestRegressor.restore(ExtraTreesRegressor.type, state);
  }

  /** @throws as `RandomForestRegressor`. */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedForestRegressor {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: TargetValuesLike,
    specifications: readonly ExtraTreesRegressor[],
    options?: FitOptions,
  ): FittedForestRegressor[] {
    return growRegressionForests(
      { type: ExtraTreesRegressor.type, splitter: 'random' },
      x,
      y,
      specifications,
      options,
    );
  }
}
