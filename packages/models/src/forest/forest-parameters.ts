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
import { nJobsParameter } from '../threads/most-threads.js';
import { MOST_BINS } from '../trees/bins.js';
import { AMOUNT_CRITERIA, CRITERIA, type Criterion, type RegressionCriterion } from '../trees/criterion.js';
import { maxFeaturesParameter } from './max-features.js';

/** What decides how a tree grows, whatever it predicts. */
const growthParameters = {
  /** The most splits from the root to a leaf, from 1; `null` (default) for no limit. */
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The fewest rows that a node is split with, from 2. Default 2. */
  minSamplesSplit: withDefault(integerParameter({ from: 2 }), 2),
  /** The fewest rows in a leaf, from 1. Default 1. */
  minSamplesLeaf: withGrid(withDefault(integerParameter({ from: 1 }), 1), [3, 1, 10]),
  /** The most bins that a column is cut into, from 2 to 255; a column with no more distinct values loses nothing. Default 255. */
  maxBins: withDefault(integerParameter({ from: 2, to: MOST_BINS }), MOST_BINS),
  /** What the random draws follow from. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

/** What decides how a tree of classes grows. */
export const treeParameters = {
  /** What splits are to lower: `'gini'` (default) or `'entropy'`. */
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

/** What decides how the trees of a forest differ, and how many there are. */
const manyTreesParameters = {
  /** How many trees, from 1. Default 100. */
  nEstimators: withGrid(withDefault(integerParameter({ from: 1 }), 100), [200]),
  /** Whether each tree learns from rows drawn with replacement (default), or from all. */
  bootstrap: withDefault(booleanParameter(), true),
  /** The most threads that a fit uses, from 1; `null` (default) for as many as `setThreads` says. The model is the same for any number. */
  nJobs: withDefault(nJobsParameter(), null),
};

/** What decides how a forest of classes grows. */
export const forestParameters = {
  ...manyTreesParameters,
  /** How many features, drawn anew at each node, compete for its split. Default `'sqrt'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'sqrt'),
  /** Whether to tell the accuracy on the rows that trees did not draw. Default false. */
  oobScore: withDefault(booleanParameter(), false),
  ...treeParameters,
};

/** The growing options of a regression forest. */
export const forestRegressorParameters = {
  ...manyTreesParameters,
  /** How many features, drawn anew at each node, compete for its split. Default `'all'`. */
  maxFeatures: withGrid(withDefault(maxFeaturesParameter(), 'all'), ['all', 0.5]),
  /** Whether to tell r² on the rows that trees did not draw. Default false. */
  oobScore: withDefault(booleanParameter(), false),
  ...treeRegressorParameters,
};

/** All that decides how a forest of classes grows. */
export type ForestSettings = SettingsOf<typeof forestParameters>;

/** All options that a regression forest grows by. */
export type ForestRegressorSettings = SettingsOf<typeof forestRegressorParameters>;

/** What the settings of forests have in common, whatever they predict. */
export type GrowthSettings = Omit<ForestRegressorSettings, 'criterion'> & {
  readonly criterion: Criterion | RegressionCriterion;
};

/** @throws `invalid-parameter` if rows are asked for that no tree saw, and each tree sees all. */
export function requireDrawnRows({ bootstrap, oobScore }: GrowthSettings): void {
  requireParameter(bootstrap || !oobScore, 'oobScore', 'false where bootstrap is false', oobScore);
}
