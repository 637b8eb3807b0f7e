import {
  type Classifier,
  type FitOptions,
  type LabelsLike,
  type OptionsOf,
  readOptions,
  type StateReader,
  type Table,
} from '@churn/core';
import { FittedForest } from './fitted-forest.js';
import { type ForestSettings, forestParameters, requireDrawnRows } from './forest-parameters.js';
import { growClassForests } from './grow-class-forests.js';

export type RandomForestOptions = OptionsOf<typeof forestParameters>;

/**
 * A random forest: the mean of decision trees, each grown on rows drawn with replacement, with each split the best among a few features
 * drawn at its node (Breiman, "Random forests", 2001).
 *
 * Columns are cut into at most `maxBins` bins; a split is midway between two values of its column. Missing values are supported: each
 * split sends them to the better side, or with the majority of rows if it saw none. The draws of a node depend only on the seed, the
 * index of its tree and its path from the root, so fewer trees are the first of many, and shallow ones the tops of deep ones.
 *
 * ```ts
 * const forest = new RandomForestClassifier({ nEstimators: 500, criterion: 'entropy', seed: 42 }).fit(x, churned);
 * const [stays, churns] = forest.predictProba(x);
 * ```
 */
export class RandomForestClassifier implements Classifier<FittedForest> {
  readonly role = 'classifier';
  static readonly type = 'RandomForestClassifier';
  static readonly parameters = forestParameters;
  static readonly accepts = { missing: true, categories: false, sampleWeight: true };
  readonly options: ForestSettings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: RandomForestOptions) {
    this.options = readOptions(forestParameters, options);
    requireDrawnRows(this.options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedForest {
    return FittedForest.restore(RandomForestClassifier.type, state);
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has infinite values, no columns or more than
   * 32,767, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedForest {
    return this.fitMany(x, y, [this], options)[0];
  }

  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly RandomForestClassifier[],
    options?: FitOptions,
  ): FittedForest[] {
    return growClassForests(
      { type: RandomForestClassifier.type, splitter: 'best' },
      x,
      y,
      specifications,
      options,
    );
  }
}
