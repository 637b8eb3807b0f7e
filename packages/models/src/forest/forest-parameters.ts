import {
  booleanParameter,
  numberParameter,
  oneOf,
  orNull,
  requireParameter,
  type SettingsOf,
  wholeNumberParameter,
  withDefault,
  withGrid,
} from '@churn/core';
import { classWeightParameter } from '../class-weight.js';
import { nJobsParameter } from '../threads/most-threads.js';
import { MOST_BINS } from '../trees/bins.js';
import { CRITERIA } from '../trees/criterion.js';
import { maxFeaturesParameter } from './max-features.js';

/** What decides how a tree grows. */
export const treeParameters = {
  /** What splits are to lower: `'gini'` (default) or `'entropy'`. */
  criterion: withDefault(oneOf(CRITERIA), 'gini'),
  /** The most splits from the root to a leaf, from 1; `null` (default) for no limit. */
  maxDepth: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** The fewest rows that a node is split with, from 2. Default 2. */
  minSamplesSplit: withDefault(wholeNumberParameter({ from: 2 }), 2),
  /** The fewest rows in a leaf, from 1. Default 1. */
  minSamplesLeaf: withGrid(withDefault(wholeNumberParameter({ from: 1 }), 1), [3, 1, 10]),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /** The most bins that a column is cut into, from 2 to 255; a column with no more distinct values loses nothing. Default 255. */
  maxBins: withDefault(wholeNumberParameter({ from: 2, to: MOST_BINS }), MOST_BINS),
  /** What the random draws follow from. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

/** What decides how a forest grows. */
export const forestParameters = {
  /** How many trees, from 1. Default 100. */
  nEstimators: withGrid(withDefault(wholeNumberParameter({ from: 1 }), 100), [200]),
  /** How many features, drawn anew at each node, compete for its split. Default `'sqrt'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'sqrt'),
  /** Whether each tree learns from rows drawn with replacement (default), or from all. */
  bootstrap: withDefault(booleanParameter(), true),
  /** Whether to tell the accuracy on the rows that trees did not draw. Default false. */
  oobScore: withDefault(booleanParameter(), false),
  ...treeParameters,
  /** The most threads that a fit uses, from 1; `null` (default) for as many as `setThreads` says. The model is the same for any number. */
  nJobs: withDefault(nJobsParameter(), null),
};

/** All that decides how a forest grows. */
export type ForestSettings = SettingsOf<typeof forestParameters>;

/** @throws `invalid-parameter` where rows are asked for that no tree saw, and each tree sees all. */
export function requireDrawnRows({ bootstrap, oobScore }: ForestSettings): void {
  requireParameter(bootstrap || !oobScore, 'oobScore', 'false where bootstrap is false', oobScore);
}
