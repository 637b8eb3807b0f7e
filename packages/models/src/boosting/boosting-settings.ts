import {
  booleanParameter,
  type FitOptions,
  integerParameter,
  listOf,
  numberParameter,
  oneOf,
  orNull,
  recordOf,
  type SettingsOf,
  sampleWeights,
  type Table,
  textParameter,
  withDefault,
  withGrid,
} from '@churn/core';
import { maxFeaturesParameter } from '../forest/max-features.js';
import { nJobsParameter } from '../threads/max-threads.js';
import { MAX_BINS } from '../trees/bins.js';
import type { BoostSettings } from './boost.js';
import { learningRateFor } from './learning-rate.js';

/** The maximum number of rounds with early stopping. */
const MAX_ROUNDS = 1000;
/** Early stopping waits for as many rounds as make up this many full steps, and for at least this many rounds. */
const WAITED_STEPS = 2;
const MIN_WAITED = 10;

/** The options of boosting, for any loss. */
export const boostingParameters = {
  /**
   * The number of rounds, at least 1, each with one tree, or one per class for more than two classes, or one per quantile; `null`
   * (default) for the best number on held-out rows, up to 1,000.
   */
  nEstimators: withDefault(orNull(integerParameter({ from: 1 })), null),
  /**
   * The learning rate, by which the values of each tree are multiplied, above 0; `null` (default) to choose it from the numbers of rows
   * and rounds.
   */
  learningRate: withDefault(orNull(numberParameter({ above: 0 })), null),
  /**
   * How trees grow: with the same split for all leaves of a level (`'symmetric'`, the default, as in CatBoost), by the leaf of the
   * highest gain (`'leaf'`, as in LightGBM), or level by level (`'depth'`).
   */
  growth: withGrid(withDefault(oneOf(['leaf', 'depth', 'symmetric']), 'symmetric'), ['symmetric', 'leaf']),
  /** The maximum number of leaves of a tree, at least 2; symmetric trees are limited by `maxDepth` instead. Default 31. */
  maxLeafNodes: withDefault(integerParameter({ from: 2 }), 31),
  /**
   * The maximum depth of a tree, at least 1; `null` (default) for no limit, or for 4 to 6 in symmetric trees, increasing with the number
   * of rows.
   */
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The minimum number of rows in a leaf, at least 1; `null` (default) for 20, or for 1 in a symmetric tree. */
  minSamplesLeaf: withDefault(orNull(integerParameter({ from: 1 })), null),
  /**
   * The minimum sum of curvatures (second derivatives) over the rows in a leaf, at least 0: of `p (1 - p)` for classes, of 1 for squared
   * errors. Default 0.001.
   */
  minCurvature: withDefault(numberParameter({ from: 0 }), 1e-3),
  /** The L2 regularization of leaf values, at least 0. Default 3. */
  l2Regularization: withDefault(numberParameter({ from: 0 }), 3),
  /** How strongly the value of a node is shrunk towards that of its parent, in rows, at least 0. Default 0. */
  pathSmoothing: withDefault(numberParameter({ from: 0 }), 0),
  /** The share of rows used to find the splits of a tree, above 0 and at most 1; leaf values are computed from all rows. Default 1. */
  subsample: withDefault(numberParameter({ above: 0, to: 1 }), 1),
  /** The number of features drawn for each tree: a number, a share below 1, `'sqrt'`, `'log2'`, or `'all'` (default). */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
  /** The number of these drawn for each node, or for each level of a symmetric tree. Default `'all'`. */
  maxFeaturesPerNode: withDefault(maxFeaturesParameter(), 'all'),
  /** The strength of random noise added to split scores, at least 0; it fades from round to round. Default 1. */
  randomStrength: withDefault(numberParameter({ from: 0 }), 1),
  /** Whether each tree draws row weights for finding splits: `'bayesian'`, from the exponential distribution; default `'none'`. */
  bootstrap: withDefault(oneOf(['none', 'bayesian']), 'none'),
  /** The power of the weights drawn by `bootstrap`, above 0. Default 1. */
  baggingTemperature: withDefault(numberParameter({ above: 0 }), 1),
  /**
   * Interaction constraints: up to 63 lists of columns that may occur together on a path from root to leaf; columns in none of them form
   * one more group. Default `null`: no constraints.
   */
  interactions: withDefault(orNull(listOf(listOf(textParameter()))), null),
  /**
   * Monotonic constraints by column name: 1 if the score, that of the second class, may only increase with a numeric column, -1 if it may
   * only decrease.
   */
  monotone: withDefault(recordOf(oneOf([-1, 0, 1])), {}),
  /**
   * How category columns are used: each split finds the best set of levels (`'sets'`, for at most 255 levels; if there are more, the
   * rarest count as missing); levels are encoded by their class shares among the training rows (`'statistics'`, for any number of
   * levels); or (`'auto'`, the default) sets for columns with few levels and statistics for the others.
   */
  categories: withDefault(oneOf(['sets', 'statistics', 'auto']), 'auto'),
  /**
   * The maximum number of pairs of category columns to encode by the class shares of combined levels, at least 0. A pair is used if small
   * trees without it leave significant residuals. None with `categories: 'sets'` or `interactions`. Default 8.
   */
  categoryCombinations: withDefault(integerParameter({ from: 0 }), 8),
  /** Whether to stop when the held-out loss no longer falls, as without `nEstimators`. Default false. */
  earlyStopping: withDefault(booleanParameter(), false),
  /** Whether, after early stopping, the model is refitted on all rows with the best number of rounds (default). */
  refit: withDefault(booleanParameter(), true),
  /**
   * The share of rows held out, between 0 and 1. With few rows, several such shares are held out in turn, and the number of rounds
   * minimises their total loss. Default 0.2.
   */
  validationFraction: withDefault(numberParameter({ above: 0, below: 1 }), 0.2),
  /** The number of rounds without a lower loss before stopping, at least 1; `null` (default) to choose it by the learning rate. */
  nIterNoChange: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The minimum decrease of the loss that counts, at least 0. Default 1e-7. */
  tolerance: withDefault(numberParameter({ from: 0 }), 1e-7),
  /** The maximum number of bins of a numeric column, from 2 to 255. Default 255. */
  maxBins: withDefault(integerParameter({ from: 2, to: MAX_BINS }), MAX_BINS),
  /** The seed of held-out rows, folds of statistics and all random draws of trees. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /** The maximum number of threads, at least 1; `null` (default) for the number set by `setThreads`. The model does not depend on it. */
  nJobs: withDefault(nJobsParameter(), null),
};

export type BoostingParameters = SettingsOf<typeof boostingParameters>;

/** All boosting settings for a given number of rows. */
export interface FullSettings
  extends Omit<BoostingParameters, 'nEstimators' | 'learningRate' | 'nIterNoChange'>,
    BoostSettings {}

/** The number of rows with weight; all without weights. */
export function nWeighted(x: Pick<Table, 'nRows'>, options: FitOptions = {}): number {
  return sampleWeights(options, x.nRows)?.filter((weight) => weight > 0).length ?? x.nRows;
}

/** The settings, with those that depend on the rows filled in. */
export function forRows(settings: BoostingParameters, nRows: number): FullSettings {
  const { nEstimators, nIterNoChange } = settings;
  const learningRate = settings.learningRate ?? learningRateFor(nRows, nEstimators);
  return {
    ...settings,
    learningRate,
    earlyStopping: settings.earlyStopping || nEstimators === null,
    nEstimators: nEstimators ?? MAX_ROUNDS,
    nIterNoChange: nIterNoChange ?? Math.max(MIN_WAITED, Math.round(WAITED_STEPS / learningRate)),
  };
}

/** The settings except for the number of rounds, if models share their trees; all settings if the number is to be found. */
export function roundsKey(settings: BoostingParameters): string {
  const { nEstimators, ...shared } = settings;
  return JSON.stringify(shared.earlyStopping || nEstimators === null ? settings : shared);
}

/** Fits specifications in groups that share their trees, and returns the models in the order of the specifications. */
export function fitInGroups<S extends { readonly options: BoostingParameters }, F>(
  specifications: readonly S[],
  nRows: number,
  fitTogether: (group: readonly FullSettings[], first: S) => F[],
): F[] {
  const groups = new Map<string, { readonly place: number; readonly settings: FullSettings }[]>();
  specifications.forEach(({ options }, place) => {
    const settings = forRows(options, nRows);
    const { nEstimators, ...shared } = settings;
    const key = JSON.stringify(settings.earlyStopping ? settings : shared);
    groups.set(key, [...(groups.get(key) ?? []), { place, settings }]);
  });
  const fitted: F[] = [];
  for (const group of groups.values()) {
    const models = fitTogether(
      group.map(({ settings }) => settings),
      specifications[group[0].place],
    );
    group.forEach(({ place }, i) => {
      fitted[place] = models[i];
    });
  }
  return fitted;
}
