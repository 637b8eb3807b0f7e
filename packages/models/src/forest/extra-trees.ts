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
  /** How many features, drawn anew at each node, compete for its split. Default `'sqrt'`. */
  maxFeatures: withGrid(forestParameters.maxFeatures, ['sqrt', 0.5]),
  /** Whether each tree learns from rows drawn with replacement, or from all (default). */
  bootstrap: withDefault(booleanParameter(), false),
};

export type ExtraTreesOptions = OptionsOf<typeof parameters>;

/**
 * Extremely randomised trees: the mean of decision trees whose nodes are split by the best of a few *random* splits, one of each
 * feature drawn there (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006). Each tree learns from all rows.
 *
 * A split is drawn evenly among the bins of its column between the least and the greatest that the node has, so that it depends on
 * the order of values alone, where scikit-learn draws between the values themselves. In all else this is a `RandomForestClassifier`:
 * bins, missing values, what a node draws by, and fewer trees as the first of many.
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

  /** @throws `model-file` if `state` is not what this class writes. */
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
