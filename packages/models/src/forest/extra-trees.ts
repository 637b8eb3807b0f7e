import {
  booleanParameter,
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
import { type ForestSettings, forestParameters, requireDrawnRows } from './forest-parameters.js';
import { growClassForests } from './grow-class-forests.js';

const parameters = {
  ...forestParameters,
  /** The number of features considered for each split, drawn anew at each node. Default `'sqrt'`. */
  maxFeatures: withGrid(forestParameters.maxFeatures, ['sqrt', 0.5]),
  /** Whether each tree is fitted on rows drawn with replacement, or on all (default). */
  bootstrap: withDefault(booleanParameter(), false),
};

export type ExtraTreesOptions = OptionsOf<typeof parameters>;

/**
 * Extremely randomised trees: the mean of decision trees whose nodes are split by the best of a few *random* splits, one of each feature
 * drawn there (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006). Each tree is fitted on all rows.
 *
 * A split is drawn uniformly among the bins of its column between the minimum and maximum in the node, so that it depends only on the
 * order of values, whereas scikit-learn draws between the values themselves. Otherwise this is a `RandomForestClassifier`: binning,
 * missing values, seeding, and fewer trees being the first of many.
 *
 * ```ts
 * new ExtraTreesClassifier({ nEstimators: 500, minSamplesLeaf: 3, seed: 42 }).fit(x, churned).predictProba(x);
 * ```
 */
export class ExtraTreesClassifier implements Classifier<FittedForest> {
  readonly role = 'classifier';
  static readonly type = 'ExtraTreesClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: ExtraTreesOptions) {
    this.options = readOptions(parameters, options);
    requireDrawnRows(this.options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForest {
    return FittedForest.restore(ExtraTreesClassifier.type, state);
  }

  /** @throws as `RandomForestClassifier`. */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedForest {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly ExtraTreesClassifier[],
    options?: FitOptions,
  ): FittedForest[] {
    return growClassForests(
      { type: ExtraTreesClassifier.type, splitter: 'random' },
      x,
      y,
      specifications,
      options,
    );
  }
}
