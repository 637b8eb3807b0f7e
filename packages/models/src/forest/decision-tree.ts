import {
  type Classifier,
  type FitOptions,
  type LabelsLike,
  type OptionsOf,
  readOptions,
  type StateReader,
  type Table,
  withDefault,
  withGrid,
} from '@churn/core';
import { FittedForest } from './fitted-forest.js';
import { type ForestSettings, treeParameters } from './forest-parameters.js';
import { growClassForests } from './grow-class-forests.js';
import { maxFeaturesParameter } from './max-features.js';

const parameters = {
  ...treeParameters,
  /** The maximum depth of a tree, at least 1; `null` (default) for no limit. */
  maxDepth: withGrid(treeParameters.maxDepth, [4, 8, null]),
  /** The number of features considered for each split, drawn anew at each node. Default `'all'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
};

export type DecisionTreeOptions = OptionsOf<typeof parameters>;

/**
 * A decision tree for classification (Breiman et al., "Classification and Regression Trees", 1984): a `RandomForestClassifier` of one
 * tree, grown on all rows.
 *
 * ```ts
 * new DecisionTreeClassifier({ maxDepth: 4 }).fit(x, churned).predict(x);
 * ```
 */
export class DecisionTreeClassifier implements Classifier<FittedForest> {
  readonly role = 'classifier';
  static readonly type = 'DecisionTreeClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: DecisionTreeOptions) {
    const tree = readOptions(parameters, options);
    this.options = { nEstimators: 1, bootstrap: false, oobScore: false, nJobs: 1, ...tree };
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForest {
    return FittedForest.restore(DecisionTreeClassifier.type, state);
  }

  /** @throws as `RandomForestClassifier`. */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedForest {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly DecisionTreeClassifier[],
    options?: FitOptions,
  ): FittedForest[] {
    return growClassForests(
      { type: DecisionTreeClassifier.type, splitter: 'best' },
      x,
      y,
      specifications,
      options,
    );
  }
}
