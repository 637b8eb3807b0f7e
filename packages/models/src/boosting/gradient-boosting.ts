import {
  booleanParameter,
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  log,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  Random,
  readOptions,
  recordOf,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  type Table,
  wholeNumberParameter,
  withDefault,
  withGrid,
} from '@churn/core';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { Binning } from '../trees/binning.js';
import { MOST_BINS } from '../trees/bins.js';
import { joinTrees } from '../trees/join-trees.js';
import { requireFeatures } from '../trees/require-features.js';
import type { TreeArrays } from '../trees/tree-arrays.js';
import { MOST_CLASSES } from '../trees/tree-grower.js';
import { TreeList } from '../trees/tree-list.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { Booster, type BoosterRows } from './booster.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';

const parameters = {
  /** The most rounds, from 1, each with a tree, or with one a class where there are more than two. Default 100. */
  nEstimators: withGrid(withDefault(wholeNumberParameter({ from: 1 }), 100), [200]),
  /** What the values of each tree are multiplied by, above 0. Default 0.1. */
  learningRate: withGrid(withDefault(numberParameter({ above: 0 }), 0.1), [0.1, 0.05]),
  /** The most leaves of a tree, from 2. Default 31. */
  maxLeafNodes: withDefault(wholeNumberParameter({ from: 2 }), 31),
  /** The most splits from the root to a leaf, from 1; `null` (default) for no limit. */
  maxDepth: withDefault(orNull(wholeNumberParameter({ from: 1 })), null),
  /** The fewest rows in a leaf, from 1. Default 20. */
  minSamplesLeaf: withDefault(wholeNumberParameter({ from: 1 }), 20),
  /** How strongly the values of leaves are drawn to 0, from 0. Default 0. */
  l2Regularization: withDefault(numberParameter({ from: 0 }), 0),
  /** Whether the leaf of the highest gain is split next (`'leaf'`, the default), or all of a level first (`'depth'`). */
  growth: withDefault(oneOf(['leaf', 'depth']), 'leaf'),
  /** For numeric columns by name: 1 where the score of the second class may only rise with them, -1 where it may only fall. */
  monotone: withDefault(recordOf(oneOf([-1, 0, 1])), {}),
  /**
   * Whether to hold rows out and to stop where their loss no longer falls; the model then has the rounds up to the least loss.
   * Default false.
   */
  earlyStopping: withDefault(booleanParameter(), false),
  /** The share of rows held out, between 0 and 1. Default 0.1. */
  validationFraction: withDefault(numberParameter({ above: 0, below: 1 }), 0.1),
  /** After how many rounds without a lower loss to stop, from 1. Default 10. */
  nIterNoChange: withDefault(wholeNumberParameter({ from: 1 }), 10),
  /** By how much a loss must be lower to count as such, from 0. Default 1e-7. */
  tolerance: withDefault(numberParameter({ from: 0 }), 1e-7),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /** The most bins that a numeric column is cut into, from 2 to 255. Default 255. */
  maxBins: withDefault(wholeNumberParameter({ from: 2, to: MOST_BINS }), MOST_BINS),
  /** What the held-out rows are drawn by. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type GradientBoostingOptions = OptionsOf<typeof parameters>;

type Settings = SettingsOf<typeof parameters>;

/**
 * Gradient boosting: trees that each take a Newton step down the log loss from where those before them arrived (Friedman,
 * "Greedy function approximation", 2001; with histograms of binned columns and leaf-wise growth as in Ke et al., "LightGBM", 2017).
 *
 * Takes missing values, which each split sends to the better side, and category columns, of whose levels each split finds the best
 * set. Defaults are those of scikit-learn's `HistGradientBoostingClassifier`.
 *
 * ```ts
 * const model = new GradientBoostingClassifier({ nEstimators: 300, learningRate: 0.05 }).fit(x, churned);
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
   * @throws `invalid-target` where fewer than two classes have rows, or a class has too few to hold any out; `invalid-data` where `x`
   *   has infinite values, no columns or more than 32,767, or another number of rows than `y`; `column-name` or `column-kind` where `monotone` names what
   *   is not a numeric column; `invalid-parameter` where it is given for more than two classes.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedGradientBoosting {
    return boost(x, y, [this.options], options)[0];
  }

  /** Specifications that differ in `nEstimators` alone, and do not stop early, share their trees. */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly GradientBoostingClassifier[],
    options?: FitOptions,
  ): FittedGradientBoosting[] {
    const groups = new Map<string, Settings[]>();
    for (const { options: settings } of specifications) {
      const { nEstimators, ...shared } = settings;
      const key = JSON.stringify(shared.earlyStopping ? settings : shared);
      groups.set(key, [...(groups.get(key) ?? []), settings]);
    }
    const fitted = new Map<Settings, FittedGradientBoosting>();
    for (const group of groups.values()) {
      boost(x, y, group, options).forEach((model, i) => {
        fitted.set(group[i], model);
      });
    }
    return specifications.map((specification) => fitted.get(specification.options) as FittedGradientBoosting);
  }
}

/** Fits settings that differ in the number of rounds alone. */
function boost(
  x: Table,
  y: LabelsLike,
  group: readonly Settings[],
  options: FitOptions | undefined,
): FittedGradientBoosting[] {
  const [settings] = group;
  const labels = classLabels(y);
  requireTargetPerRow(x, labels);
  requireFeatures(x);
  if (labels.classes.length > MOST_CLASSES) {
    throw new ChurnError(
      'invalid-target',
      `expected up to ${MOST_CLASSES} classes, got ${labels.classes.length}`,
    );
  }
  const given = rowWeights(labels, settings.classWeight, options) ?? new Float64Array(x.nRows).fill(1);
  const unit = weightUnit(given);
  const weights = inUnit(given, unit);
  const heldOut = settings.earlyStopping ? heldOutRows(labels, weights, settings) : [];
  const order = rowsWithLast(x.nRows, heldOut);
  const rows = boosterRows(x, labels, weights, order, heldOut.length, settings);
  const booster = new Booster(rows.data, {
    ...settings,
    // It stands beside sums of weights.
    l2Regularization: settings.l2Regularization / unit,
  });
  const nRounds = Math.max(...group.map(({ nEstimators }) => nEstimators));
  const rounds = settings.earlyStopping
    ? untilLeastLoss(booster, nRounds, settings)
    : Array.from({ length: nRounds }, () => booster.round());
  return group.map(({ nEstimators }) => {
    const trees = joinTrees(rounds.slice(0, nEstimators).flat());
    const { baseScores } = rows.data;
    return new FittedGradientBoosting({
      classes: labels.classes,
      binning: rows.binning,
      baseScores,
      trees: new TreeList(trees, {
        nFeatures: x.names.length,
        nOutputs: 1,
        nSums: baseScores.length,
        isCategory: (feature) => rows.binning.isCategory(feature),
      }),
    });
  });
}

/** Boosts until the loss of the held-out rows has not fallen for long enough; returns the rounds up to the least loss. */
function untilLeastLoss(
  booster: Booster,
  nRounds: number,
  { nIterNoChange, tolerance }: Settings,
): TreeArrays[][] {
  const rounds: TreeArrays[][] = [];
  let least = booster.loss('heldOut');
  let best = 0;
  while (rounds.length < nRounds && rounds.length - best < nIterNoChange) {
    rounds.push(booster.round());
    const loss = booster.loss('heldOut');
    if (loss < least - tolerance) {
      least = loss;
      best = rounds.length;
    }
  }
  // A model without any tree would know the shares of the classes alone, and have nothing to explain.
  return rounds.slice(0, Math.max(best, 1));
}

function boosterRows(
  x: Table,
  labels: Labels,
  weights: Float64Array,
  order: Int32Array,
  nHeldOut: number,
  { maxBins, monotone }: Settings,
): { binning: Binning; data: BoosterRows } {
  const nRows = x.nRows - nHeldOut;
  const directions = monotoneDirections(x, labels, monotone);
  const learned = order.subarray(0, nRows).filter((row) => weights[row] > 0);
  const binning = Binning.learn(x, maxBins, true, learned.length < x.nRows ? learned : undefined);
  const codes = binning.codes(x);
  const inOrder = order.every((row, i) => row === i);
  const classes = inOrder ? labels.codes : order.map((row) => labels.codes[row]);
  const orderedWeights = inOrder ? weights : Float64Array.from(order, (row) => weights[row]);
  return {
    binning,
    data: {
      nRows,
      nHeldOut,
      codes: inOrder ? codes : codes.map((column) => Uint8Array.from(order, (row) => column[row])),
      nBins: binning.features.map((feature) =>
        'levels' in feature ? feature.levels.length : feature.edges.length + 1,
      ),
      isCategory: binning.features.map((_, feature) => binning.isCategory(feature)),
      monotone: directions,
      classes,
      weights: orderedWeights,
      baseScores: baseScores(labels.classes.length, classes.subarray(0, nRows), orderedWeights),
    },
  };
}

/**
 * The best constant scores: the log-odds of the second of two classes; of more the logarithms of their shares, of mean 0. A class without
 * rows counts as one that has half a row.
 */
function baseScores(nClasses: number, classes: Int32Array, weights: Float64Array): number[] {
  const totals = new Float64Array(nClasses);
  classes.forEach((code, row) => {
    totals[code] += weights[row];
  });
  const logs = Array.from(totals, (total) => log(Math.max(total, 0.5)));
  if (nClasses === 2) return [logs[1] - logs[0]];
  const mean = logs.reduce((sum, log) => sum + log, 0) / nClasses;
  return logs.map((log) => log - mean);
}

function monotoneDirections(x: Table, labels: Labels, monotone: Settings['monotone']): (-1 | 0 | 1)[] {
  const isFree = Object.values(monotone).every((direction) => direction === 0);
  if (!isFree && labels.classes.length > 2) {
    throw new ChurnError(
      'invalid-parameter',
      `monotone: expected two classes, whose one score can rise or fall, got ${labels.classes.length}`,
    );
  }
  for (const name of Object.keys(monotone)) x.numeric(name);
  return x.names.map((name) => (Object.hasOwn(monotone, name) ? monotone[name] : 0));
}

/** The same share of each class, drawn at random; of rows without weight none. */
function heldOutRows(
  labels: Labels,
  weights: Float64Array,
  { validationFraction, seed }: Settings,
): number[] {
  return labels.classes.flatMap((label, code) => {
    const rows = Array.from(labels.codes.keys()).filter(
      (row) => labels.codes[row] === code && weights[row] > 0,
    );
    const nHeldOut = Math.round(validationFraction * rows.length);
    if (rows.length > 0 && (nHeldOut === 0 || nHeldOut === rows.length)) {
      throw new ChurnError(
        'invalid-target',
        `earlyStopping: the class ${String(label)} has too few rows (${rows.length}) to hold a share of ${validationFraction} out`,
      );
    }
    return new Random(seed, 'held out', code).shuffle(rows).slice(0, nHeldOut);
  });
}

/** All rows, those named last; the others keep their order. */
function rowsWithLast(nRows: number, last: readonly number[]): Int32Array {
  const isLast = new Set(last);
  const all = Array.from({ length: nRows }, (_, row) => row);
  return Int32Array.from([...all.filter((row) => !isLast.has(row)), ...all.filter((row) => isLast.has(row))]);
}
