import {
  type Classifier,
  type FitOptions,
  isNumber,
  type LabelsLike,
  requireParameter,
  type StateReader,
  type Table,
} from '@churn/core';
import { type ClassWeight, requireClassWeight } from '../class-weight.js';
import { MOST_BINS } from '../trees/bins.js';
import { CRITERIA, type Criterion } from '../trees/criterion.js';
import { FittedForest } from './fitted-forest.js';
import { type ForestOptions, growForests } from './grow-forest.js';
import { type MaxFeatures, requireMaxFeatures } from './max-features.js';

/** What decides how a tree grows. */
export interface TreeParameters {
  /** What splits are to lower: `'gini'` (default) or `'entropy'`. */
  readonly criterion?: Criterion;
  /** The most splits from the root to a leaf, from 1; `null` (default) for no limit. */
  readonly maxDepth?: number | null;
  /** The fewest rows that a node is split with, from 2. Default 2. */
  readonly minSamplesSplit?: number;
  /** The fewest rows in a leaf, from 1. Default 1. */
  readonly minSamplesLeaf?: number;
  /** `'balanced'`, or the weight of each class by its label. Default 1 each. */
  readonly classWeight?: ClassWeight;
  /** The most bins that a column is cut into, from 2 to 255; a column with no more distinct values loses nothing. Default 255. */
  readonly maxBins?: number;
  /** What the random draws follow from. Default 0. */
  readonly seed?: number;
}

export interface RandomForestOptions extends TreeParameters {
  /** How many trees, from 1. Default 100. */
  readonly nEstimators?: number;
  /** How many features, drawn anew at each node, compete for its split. Default `'sqrt'`. */
  readonly maxFeatures?: MaxFeatures;
  /** Whether each tree learns from rows drawn with replacement (default), or from all. */
  readonly bootstrap?: boolean;
  /** Whether to tell the accuracy on the rows that trees did not draw. Default false. */
  readonly oobScore?: boolean;
}

/**
 * A random forest: the mean of decision trees, each grown on rows drawn with replacement, each split the best of a few features
 * drawn at its node (Breiman, "Random forests", 2001).
 *
 * Columns are cut into at most `maxBins` bins; a split lies midway between two values of its column. Missing values are fine: each
 * split sends them to the side that suits them best, or where most rows went if it had none. What a node draws depends on the
 * seed, the number of its tree and its path from the root alone: fewer trees are the first of many, and shallow ones the tops of
 * deep ones.
 *
 * ```ts
 * const forest = new RandomForestClassifier({ nEstimators: 500, criterion: 'entropy', seed: 42 }).fit(x, churned);
 * const [stays, churns] = forest.predictProba(x);
 * ```
 */
export class RandomForestClassifier implements Classifier<FittedForest> {
  readonly role = 'classifier';
  static readonly type = 'RandomForestClassifier';
  readonly options: ForestOptions;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor({
    nEstimators = 100,
    maxFeatures = 'sqrt',
    bootstrap = true,
    oobScore = false,
    ...tree
  }: RandomForestOptions = {}) {
    requireParameter(isWhole(nEstimators, 1), 'nEstimators', 'a whole number from 1', nEstimators);
    requireParameter(typeof bootstrap === 'boolean', 'bootstrap', 'true or false', bootstrap);
    requireParameter(typeof oobScore === 'boolean', 'oobScore', 'true or false', oobScore);
    requireParameter(bootstrap || !oobScore, 'oobScore', 'false where bootstrap is false', oobScore);
    requireMaxFeatures(maxFeatures);
    this.options = { nEstimators, maxFeatures, bootstrap, oobScore, ...treeParameters(tree) };
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedForest {
    return FittedForest.restore(RandomForestClassifier.type, state);
  }

  /**
   * @throws `invalid-target` where fewer than two classes have rows; `invalid-data` where `x` has infinite values, no columns or
   *   more than 32,767, or another number of rows than `y`; `column-kind` where it has categories.
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
    const forests = growForests(
      x,
      y,
      specifications.map((specification) => specification.options),
      options,
    );
    return forests.map((forest) => new FittedForest(RandomForestClassifier.type, forest));
  }
}

/** The parameters of a tree with their defaults. @throws `invalid-parameter`, naming the parameter. */
export function treeParameters({
  criterion = 'gini',
  maxDepth = null,
  minSamplesSplit = 2,
  minSamplesLeaf = 1,
  classWeight,
  maxBins = MOST_BINS,
  seed = 0,
}: TreeParameters) {
  requireParameter(CRITERIA.includes(criterion), 'criterion', "'gini' or 'entropy'", criterion);
  requireParameter(
    maxDepth === null || isWhole(maxDepth, 1),
    'maxDepth',
    'a whole number from 1, or null',
    maxDepth,
  );
  requireParameter(isWhole(minSamplesSplit, 2), 'minSamplesSplit', 'a whole number from 2', minSamplesSplit);
  requireParameter(isWhole(minSamplesLeaf, 1), 'minSamplesLeaf', 'a whole number from 1', minSamplesLeaf);
  requireParameter(
    isWhole(maxBins, 2) && maxBins <= MOST_BINS,
    'maxBins',
    'a whole number from 2 to 255',
    maxBins,
  );
  requireParameter(isNumber(seed), 'seed', 'a number', seed);
  requireClassWeight(classWeight);
  return { criterion, maxDepth, minSamplesSplit, minSamplesLeaf, classWeight, maxBins, seed };
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
