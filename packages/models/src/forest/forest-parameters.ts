import {
  booleanParameter,
  integerParameter,
  numberParameter,
  oneOf,
  orNull,
  requireParameter,
  type SettingsOf,
  withDefault,
  withGrid,
} from '@churn/core';
import { classWeightParameter } from '../class-weight.js';
import { nJobsParameter } from '../threads/max-threads.js';
import { MAX_BINS } from '../trees/bins.js';
import { AMOUNT_CRITERIA, CRITERIA, type Criterion, type RegressionCriterion } from '../trees/criterion.js';
import { maxFeaturesParameter } from './max-features.js';

/** The growing options of any tree. */
const growthParameters = {
  /** The maximum depth of a tree, at least 1; `null` (default) for no limit. */
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The minimum number of rows to split a node, at least 2. Default 2. */
  minSamplesSplit: withDefault(integerParameter({ from: 2 }), 2),
  /** The minimum number of rows in a leaf, at least 1. Default 1. */
  minSamplesLeaf: withGrid(withDefault(integerParameter({ from: 1 }), 1), [3, 1, 10]),
  /** The maximum number of bins of a column, from 2 to 255; a column with no more distinct values loses nothing. Default 255. */
  maxBins: withDefault(integerParameter({ from: 2, to: MAX_BINS }), MAX_BINS),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

/** The growing options of a classification tree. */
export const treeParameters = {
  /** The impurity that splits reduce: `'gini'` (default) or `'entropy'`. */
  criterion: withDefault(oneOf(CRITERIA), 'gini'),
  ...growthParameters,
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
};

/** The growing options of a regression tree. */
export const treeRegressorParameters = {
  /**
   * The impurity that splits reduce: `'squaredError'` (default) or, for a non-negative target, the
   * `'poisson'` deviance.
   */
  criterion: withDefault(oneOf(AMOUNT_CRITERIA), 'squaredError'),
  ...growthParameters,
};

/** The options of the trees of a forest, and their number. */
const manyTreesParameters = {
  /** The number of trees, at least 1. Default 100. */
  nEstimators: withGrid(withDefault(integerParameter({ from: 1 }), 100), [200]),
  /** Whether each tree is fitted on rows drawn with replacement (default), or on all. */
  bootstrap: withDefault(booleanParameter(), true),
  /** The maximum number of threads, at least 1; `null` (default) for the number set by `setThreads`. The model does not depend on it. */
  nJobs: withDefault(nJobsParameter(), null),
};

/** The growing options of a classification forest. */
export const forestParameters = {
  ...manyTreesParameters,
  /** The number of features considered for each split, drawn anew at each node. Default `'sqrt'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'sqrt'),
  /** Whether to compute the out-of-bag accuracy. Default false. */
  oobScore: withDefault(booleanParameter(), false),
  ...treeParameters,
};

/** The growing options of a regression forest. */
export const forestRegressorParameters = {
  ...manyTreesParameters,
  /** The number of features considered for each split, drawn anew at each node. Default `'all'`. */
  maxFeatures: withGrid(withDefault(maxFeaturesParameter(), 'all'), ['all', 0.5]),
  /** Whether to compute the out-of-bag r². Default false. */
  oobScore: withDefault(booleanParameter(), false),
  ...treeRegressorParameters,
};

/** All settings of a classification forest. */
export type ForestSettings = SettingsOf<typeof forestParameters>;

/** All settings of a regression forest. */
export type ForestRegressorSettings = SettingsOf<typeof forestRegressorParameters>;

/** The settings shared by classification and regression forests. */
export type GrowthSettings = Omit<ForestRegressorSettings, 'criterion'> & {
  readonly criterion: Criterion | RegressionCriterion;
};

/** @throws `invalid-parameter` if out-of-bag scores are requested but each tree is grown on all rows. */
export function requireDrawnRows({ bootstrap, oobScore }: GrowthSettings): void {
  requireParameter(bootstrap || !oobScore, 'oobScore', 'false if bootstrap is false', oobScore);
}
