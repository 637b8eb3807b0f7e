import type { Classifier, FitOptions, LabelsLike, StateReader, Table } from '@churn/core';
import { FittedForest } from './fitted-forest.js';
import { type ForestOptions, growForests } from './grow-forest.js';
import { type MaxFeatures, requireMaxFeatures } from './max-features.js';
import { type TreeParameters, treeParameters } from './random-forest.js';

export interface DecisionTreeOptions extends TreeParameters {
  /** How many features, drawn anew at each node, compete for its split. Default `'all'`. */
  readonly maxFeatures?: MaxFeatures;
}

/**
 * A decision tree for classes (Breiman et al., "Classification and Regression Trees", 1984): a `RandomForestClassifier` of one
 * tree, grown on all rows.
 *
 * ```ts
 * new DecisionTreeClassifier({ maxDepth: 4 }).fit(x, churned).predict(x);
 * ```
 */
export class DecisionTreeClassifier implements Classifier<FittedForest> {
  readonly role = 'classifier';
  static readonly type = 'DecisionTreeClassifier';
  readonly options: ForestOptions;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor({ maxFeatures = 'all', ...tree }: DecisionTreeOptions = {}) {
    requireMaxFeatures(maxFeatures);
    this.options = {
      nEstimators: 1,
      maxFeatures,
      bootstrap: false,
      oobScore: false,
      ...treeParameters(tree),
    };
  }

  /** @throws `model-file` where `state` is not what this class writes. */
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
    const forests = growForests(
      x,
      y,
      specifications.map((specification) => specification.options),
      options,
    );
    return forests.map((forest) => new FittedForest(DecisionTreeClassifier.type, forest));
  }
}
