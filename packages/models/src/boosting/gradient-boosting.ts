import {
  booleanParameter,
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  listOf,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  readOptions,
  recordOf,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  type Table,
  textParameter,
  wholeNumberParameter,
  withDefault,
  withGrid,
} from '@churn/core';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { maxFeaturesParameter } from '../forest/max-features.js';
import { nJobsParameter } from '../threads/most-threads.js';
import { MOST_BINS } from '../trees/bins.js';
import { requireFeatures } from '../trees/require-features.js';
import { MOST_CLASSES } from '../trees/tree-grower.js';
import { binBatches, surveyBatches } from './bin-batches.js';
import { type BoostSettings, boost } from './boost.js';
import type { Boosted, BoostRows } from './boosting-run.js';
import { validationSets } from './early-stopping.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { interactionGroups } from './interaction-groups.js';
import { learningRateFor } from './learning-rate.js';
import { logLoss } from './log-loss.js';
import type { TrainingBatches } from './training-batches.js';

/** The most rounds that early stopping finds. */
const MOST_ROUNDS = 1000;
/** How many rounds there are where they are to be found and no row can be held out. */
const BLIND_ROUNDS = 50;
/** Early stopping waits for as many rounds as take these many whole steps, and for no fewer. */
const WAITED_STEPS = 2;
const FEWEST_WAITED = 10;

const parameters = {
  /**
   * How many rounds, from 1, each with a tree, or with one a class where there are more than two; `null` (default) for as many as are
   * best for rows held out, up to 1,000.
   */
  nEstimators: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** What the values of each tree are multiplied by, above 0; `null` (default) for what suits the rows and rounds. */
  learningRate: withDefault(orNull(numberParameter({ above: 0 })), null),
  /**
   * Whether all leaves of a level have one and the same split (`'symmetric'`, the default, as CatBoost's trees), or are split one by one,
   * the leaf of the highest gain next (`'leaf'`, as LightGBM's) or all of a level first (`'depth'`).
   */
  growth: withGrid(withDefault(oneOf(['leaf', 'depth', 'symmetric']), 'symmetric'), ['symmetric', 'leaf']),
  /** The most leaves of a tree, from 2; of a symmetric one `maxDepth` decides. Default 31. */
  maxLeafNodes: withDefault(wholeNumberParameter({ from: 2 }), 31),
  /**
   * The most splits from the root to a leaf, from 1; `null` (default) for no limit, or in a symmetric tree for 4 to 6, the more the more
   * rows there are.
   */
  maxDepth: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** The fewest rows in a leaf, from 1; `null` (default) for 20, or for 1 in a symmetric tree. */
  minSamplesLeaf: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** The least sum of `p (1 - p)` over the rows in a leaf, from 0. Default 0.001. */
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
  /** For numeric columns by name: 1 where the score of the second class may only rise with them, -1 where it may only fall. */
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
  categoryCombinations: withDefault(wholeNumberParameter({ from: 0 }), 8),
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
  nIterNoChange: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** By how much a loss must be lower to count as such, from 0. Default 1e-7. */
  tolerance: withDefault(numberParameter({ from: 0 }), 1e-7),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /** The most bins that a numeric column is cut into, from 2 to 255. Default 255. */
  maxBins: withDefault(wholeNumberParameter({ from: 2, to: MOST_BINS }), MOST_BINS),
  /** What the held-out rows, the folds of statistics and all that trees draw follow from. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /** The most threads that a fit uses, from 1; `null` (default) for as many as `setThreads` says. The model is the same for any number. */
  nJobs: withDefault(nJobsParameter(), null),
};

export type GradientBoostingOptions = OptionsOf<typeof parameters>;

/** What a fit of boosting can be told besides rows and target. */
export interface BoostingFitOptions extends FitOptions {
  /**
   * A model to go on from: it keeps its bins and its trees, and rounds are added. Its trees are worth what they are on these rows: where
   * it has learned from them before, `nEstimators` should say how many rounds to add.
   */
  readonly from?: FittedGradientBoosting;
}

type Settings = SettingsOf<typeof parameters>;

/**
 * Gradient boosting: trees that each take a Newton step down the log loss from where those before them arrived (Friedman,
 * "Greedy function approximation", 2001), on histograms of binned columns (Ke et al., "LightGBM", 2017), and that have one split a level
 * (Prokhorenkova et al., "CatBoost", 2018), unless they grow leaf by leaf.
 *
 * Takes missing values, which each split sends to the better side, and category columns, of whose levels each split finds the best
 * set; those of many levels become statistics. Defaults are what lowered the log loss most, in cross-validation, over some thirty data
 * sets.
 *
 * ```ts
 * const model = new GradientBoostingClassifier().fit(x, churned);
 * const [stays, churns] = model.predictProba(x);
 * ```
 */
export class GradientBoostingClassifier implements Classifier<FittedGradientBoosting> {
  readonly role = 'classifier';
  static readonly type = 'GradientBoostingClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: GradientBoostingOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedGradientBoosting {
    return FittedGradientBoosting.restore(state);
  }

  /**
   * @throws `invalid-target` where fewer than two classes have rows; `invalid-data` where `x`
   *   has infinite values, no columns or more than 32,767, or another number of rows than `y`; `column-name` or `column-kind` where `monotone`
   *   or `interactions` name what is not such a column; `invalid-parameter` where `monotone` is given for more than two classes, or
   *   `from` cannot be gone on from.
   */
  fit(x: Table, y: LabelsLike, options?: BoostingFitOptions): FittedGradientBoosting {
    return fitTogether(x, y, [forRows(this.options, nWeighted(x, options))], options)[0];
  }

  /**
   * Learns as `fit` does from rows that need not be in memory together, for each value of which a byte is kept. They are gone through
   * twice: first for the bins, which are those of `fit` where a column has no more than `maxBins` distinct values, or up to 4,095 values
   * in all, and else hold about equally many rows each, by ranks that a `QuantileSketch` tells; and then to put each value in its bin.
   * Rows held out by early stopping take part in the bins. Statistics of categories are learned from up to 200,000 rows drawn at random.
   *
   * ```ts
   * const batches = { async *[Symbol.asyncIterator]() { for (const part of parts) yield { x: part.table, y: part.labels }; } };
   * const model = await new GradientBoostingClassifier().fitBatches(batches);
   * ```
   * @throws as `fit`, naming the batch; and `invalid-data` where a batch has other columns than those before it, or the rows are not the
   *   same both times.
   */
  async fitBatches(batches: TrainingBatches): Promise<FittedGradientBoosting> {
    const { options } = this;
    const survey = await surveyBatches(batches, options, (x) => {
      for (const name of Object.keys(options.monotone)) x.numeric(name);
      interactionGroups(x.names, options.interactions);
    });
    const labels = classLabels(survey.labels);
    const settings = forRows(options, nWeighted({ nRows: labels.length }, survey));
    const weights = requiredWeights(labels, settings, survey);
    const x = await binBatches(batches, survey, weights, settings);
    return fitRows({ x, labels, weights }, [settings])[0];
  }

  /** All but the number of rounds; where that is found, all. */
  fitManyKey(): string {
    const { nEstimators, ...shared } = this.options;
    return JSON.stringify(shared.earlyStopping || nEstimators === null ? this.options : shared);
  }

  /** Specifications that differ in `nEstimators` alone, and do not stop early, share their trees. */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly GradientBoostingClassifier[],
    options?: BoostingFitOptions,
  ): FittedGradientBoosting[] {
    const nRows = nWeighted(x, options);
    const groups = new Map<string, { specification: GradientBoostingClassifier; settings: FullSettings }[]>();
    for (const specification of specifications) {
      const settings = forRows(specification.options, nRows);
      const { nEstimators, ...shared } = settings;
      const key = JSON.stringify(settings.earlyStopping ? settings : shared);
      groups.set(key, [...(groups.get(key) ?? []), { specification, settings }]);
    }
    const fitted = new Map<GradientBoostingClassifier, FittedGradientBoosting>();
    for (const group of groups.values()) {
      const settings = group.map((each) => each.settings);
      fitTogether(x, y, settings, options).forEach((model, i) => {
        fitted.set(group[i].specification, model);
      });
    }
    return specifications.map((specification) => fitted.get(specification) as FittedGradientBoosting);
  }
}

/** All that decides how trees are boosted on so many rows. */
interface FullSettings
  extends Omit<Settings, 'nEstimators' | 'learningRate' | 'nIterNoChange'>,
    BoostSettings {}

/** How many rows weigh anything; without weights all. */
function nWeighted(x: Pick<Table, 'nRows'>, options: FitOptions = {}): number {
  return sampleWeights(options, x.nRows)?.filter((weight) => weight > 0).length ?? x.nRows;
}

/** Settings of which those that follow from the rows are set. */
function forRows(settings: Settings, nRows: number): FullSettings {
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

/** Fits settings that differ in the number of rounds alone. */
function fitTogether(
  x: Table,
  y: LabelsLike,
  group: readonly FullSettings[],
  options: BoostingFitOptions | undefined,
): FittedGradientBoosting[] {
  const labels = classLabels(y);
  requireTargetPerRow(x, labels);
  requireFeatures(x);
  const from = options?.from && goneOnFrom(options.from, x, labels);
  return fitRows({ x, labels, weights: requiredWeights(labels, group[0], options), from }, group);
}

/**
 * The weight of each row.
 * @throws as `rowWeights`, and where the settings do not suit the classes.
 */
function requiredWeights(
  labels: Labels,
  { classWeight, monotone }: FullSettings,
  options: FitOptions | undefined,
): Float64Array {
  const { classes } = labels;
  if (classes.length > MOST_CLASSES) {
    throw new ChurnError('invalid-target', `expected up to ${MOST_CLASSES} classes, got ${classes.length}`);
  }
  requireOneScore(monotone, labels);
  return rowWeights(labels, classWeight, options) ?? new Float64Array(labels.length).fill(1);
}

function fitRows(
  { labels, ...rows }: Omit<BoostRows, 'loss'> & { readonly labels: Labels },
  group: readonly FullSettings[],
): FittedGradientBoosting[] {
  const [settings] = group;
  const { classes } = labels;
  const validation = settings.earlyStopping ? validationSets(labels, rows.weights, settings) : [];
  const isBlind = settings.earlyStopping && validation.length === 0;
  const all = isBlind
    ? group.map((each) => ({ ...each, nEstimators: Math.min(each.nEstimators, BLIND_ROUNDS) }))
    : group;
  const boosted = boost({ ...rows, loss: logLoss(labels) }, all, validation);
  return boosted.map((each) => new FittedGradientBoosting({ classes, ...each }));
}

/**
 * A model to add rounds to.
 * @throws `invalid-parameter` where it knows other classes or columns, or statistics of categories, which its own rows must not see.
 */
function goneOnFrom(from: FittedGradientBoosting, x: Table, { classes }: Labels): Boosted {
  const refuse = (expected: string, came: string) =>
    new ChurnError('invalid-parameter', `from: expected a model ${expected}, got ${came}`);
  if (JSON.stringify(from.classes) !== JSON.stringify(classes)) {
    throw refuse(
      `of the classes ${classes.map(String).join(', ')}`,
      `one of ${from.classes.map(String).join(', ')}`,
    );
  }
  if (from.boosted.statistics) {
    throw refuse(
      'whose trees see columns as they are (categories: "sets")',
      'one of statistics of categories',
    );
  }
  if (from.features.length !== x.names.length || !from.features.every((name) => x.names.includes(name))) {
    throw refuse(`of the columns ${x.names.join(', ')}`, `one of ${from.features.join(', ')}`);
  }
  return from.boosted;
}

/** @throws `invalid-parameter` where a score is to rise or fall with a column, but there are several. */
function requireOneScore(monotone: Settings['monotone'], { classes }: Labels): void {
  if (classes.length === 2 || Object.values(monotone).every((direction) => direction === 0)) return;
  throw new ChurnError(
    'invalid-parameter',
    `monotone: expected two classes, whose one score can rise or fall, got ${classes.length}`,
  );
}
