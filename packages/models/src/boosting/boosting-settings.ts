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
import { nJobsParameter } from '../threads/most-threads.js';
import { MOST_BINS } from '../trees/bins.js';
import type { BoostSettings } from './boost.js';
import { learningRateFor } from './learning-rate.js';

/** The most rounds that early stopping finds. */
const MOST_ROUNDS = 1000;
/** Early stopping waits for as many rounds as take these many whole steps, and for no fewer. */
const WAITED_STEPS = 2;
const FEWEST_WAITED = 10;

/** The options of boosting, whatever the loss. */
export const boostingParameters = {
  /**
   * How many rounds, from 1, each with a tree, or with one per class if there are more than two, or one per quantile; `null` (default)
   * for as many as are best for rows held out, up to 1,000.
   */
  nEstimators: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** What the values of each tree are multiplied by, above 0; `null` (default) for what suits the rows and rounds. */
  learningRate: withDefault(orNull(numberParameter({ above: 0 })), null),
  /**
   * Whether all leaves of a level have one and the same split (`'symmetric'`, the default, as CatBoost's trees), or are split one by one,
   * the leaf of the highest gain next (`'leaf'`, as LightGBM's) or all of a level first (`'depth'`).
   */
  growth: withGrid(withDefault(oneOf(['leaf', 'depth', 'symmetric']), 'symmetric'), ['symmetric', 'leaf']),
  /** The most leaves of a tree, from 2; of a symmetric one `maxDepth` decides. Default 31. */
  maxLeafNodes: withDefault(integerParameter({ from: 2 }), 31),
  /**
   * The most splits from the root to a leaf, from 1; `null` (default) for no limit, or in a symmetric tree for 4 to 6, the more the more
   * rows there are.
   */
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The fewest rows in a leaf, from 1; `null` (default) for 20, or for 1 in a symmetric tree. */
  minSamplesLeaf: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The least sum of curvatures over the rows in a leaf, from 0: of `p (1 - p)` for classes, of 1 for squared errors. Default 0.001. */
  minCurvature: withDefault(numberParameter({ from: 0 }), 1e-3),
  /** How strongly the values of leaves are drawn to 0, from 0. Default 3. */
  l2Regularization: withDefault(numberParameter({ from: 0 }), 3),
  /** How strongly the value of a node is drawn to that of its parent, as that many rows would, from 0. Default 0. */
  pathSmoothing: withDefault(numberParameter({ from: 0 }), 0),
  /** The share of the rows that a tree finds its splits by, above 0 up to 1; the values of leaves follow from all rows. Default 1. */
  subsample: withDefault(numberParameter({ above: 0, to: 1 }), 1),
  /** How many features a tree draws to find its splits in: a number, a share below 1, `'sqrt'`, `'log2'`, or `'all'` (default). */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
  /** How many of these each node draws, or each level of a symmetric tree. Default `'all'`. */
  maxFeaturesPerNode: withDefault(maxFeaturesParameter(), 'all'),
  /** How much is added at random to the scores that features are chosen by, from 0; it fades from round to round. Default 1. */
  randomStrength: withDefault(numberParameter({ from: 0 }), 1),
  /** Whether each tree draws weights of the rows to find its splits by: `'bayesian'`, from the exponential distribution; default `'none'`. */
  bootstrap: withDefault(oneOf(['none', 'bayesian']), 'none'),
  /** The power of the weights that `bootstrap` draws, above 0. Default 1. */
  baggingTemperature: withDefault(numberParameter({ above: 0 }), 1),
  /**
   * Lists of the columns that may stand on one path from a root to a leaf, up to 63; the columns in none of them are one more. Default
   * `null`: all may.
   */
  interactions: withDefault(orNull(listOf(listOf(textParameter()))), null),
  /** For numeric columns by name: 1 where the score, that of the second class, may only rise with them, -1 where it may only fall. */
  monotone: withDefault(recordOf(oneOf([-1, 0, 1])), {}),
  /**
   * What trees see of category columns: the levels, of which each split finds the best set (`'sets'`, of at most 255 levels; the rarest
   * of more count as missing); the share of each class among the training rows of a level (`'statistics'`, of any number of levels); or
   * (`'auto'`, the default) the levels of columns that have few, and the shares of the others.
   */
  categories: withDefault(oneOf(['sets', 'statistics', 'auto']), 'auto'),
  /**
   * How many pairs of category columns may be told by the share of each class among the training rows of two levels together, from 0. A
   * pair is, where small trees without it leave more than chance can have made. None with `categories: 'sets'`, or `interactions`. Default 8.
   */
  categoryCombinations: withDefault(integerParameter({ from: 0 }), 8),
  /** Whether to stop where the loss of rows held out no longer falls, as without `nEstimators`. Default false. */
  earlyStopping: withDefault(booleanParameter(), false),
  /** Whether, after early stopping, the best number of rounds is fitted again on all rows (default), so that none is lost. */
  refit: withDefault(booleanParameter(), true),
  /**
   * The share of rows held out, between 0 and 1. Of few rows several such shares are held out one after the other, and the rounds are
   * those of the least loss of all. Default 0.2.
   */
  validationFraction: withDefault(numberParameter({ above: 0, below: 1 }), 0.2),
  /** After how many rounds without a lower loss to stop, from 1; `null` (default) for what suits the learning rate. */
  nIterNoChange: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** By how much a loss must be lower to count as such, from 0. Default 1e-7. */
  tolerance: withDefault(numberParameter({ from: 0 }), 1e-7),
  /** The most bins that a numeric column is cut into, from 2 to 255. Default 255. */
  maxBins: withDefault(integerParameter({ from: 2, to: MOST_BINS }), MOST_BINS),
  /** What the held-out rows, the folds of statistics and all that trees draw follow from. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /** The most threads that a fit uses, from 1; `null` (default) for as many as `setThreads` says. The model is the same for any number. */
  nJobs: withDefault(nJobsParameter(), null),
};

export type BoostingParameters = SettingsOf<typeof boostingParameters>;

/** All that decides how trees are boosted on so many rows. */
export interface FullSettings
  extends Omit<BoostingParameters, 'nEstimators' | 'learningRate' | 'nIterNoChange'>,
    BoostSettings {}

/** How many rows weigh anything; without weights all. */
export function nWeighted(x: Pick<Table, 'nRows'>, options: FitOptions = {}): number {
  return sampleWeights(options, x.nRows)?.filter((weight) => weight > 0).length ?? x.nRows;
}

/** Settings of which those that follow from the rows are set. */
export function forRows(settings: BoostingParameters, nRows: number): FullSettings {
  const { nEstimators, nIterNoChange } = settings;
  const learningRate = settings.learningRate ?? learningRateFor(nRows, nEstimators);
  return {
    ...settings,
    learningRate,
    earlyStopping: settings.earlyStopping || nEstimators === null,
    nEstimators: nEstimators ?? MOST_ROUNDS,
    nIterNoChange: nIterNoChange ?? Math.max(FEWEST_WAITED, Math.round(WAITED_STEPS / learningRate)),
  };
}

/** All but the number of rounds, of settings that share their trees but for how many there are; if that is found, all. */
export function roundsKey(settings: BoostingParameters): string {
  const { nEstimators, ...shared } = settings;
  return JSON.stringify(shared.earlyStopping || nEstimators === null ? settings : shared);
}

/** Fits specifications in groups that share their trees, and gives the models in the order of the specifications. */
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
