import type { Table } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { type MaxFeatures, nCompeting } from '../forest/max-features.js';
import { Binning } from '../trees/binning.js';
import { joinTrees } from '../trees/join-trees.js';
import { requireFeatures } from '../trees/require-features.js';
import type { TreeArrays } from '../trees/tree-arrays.js';
import { TreeList } from '../trees/tree-list.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { Booster, type BoosterOptions, type BoosterRows } from './booster.js';
import type { BoostingLoss } from './boosting-loss.js';
import type { CategoryStatistics } from './category-statistics.js';
import { interactionGroups } from './interaction-groups.js';
import { type CategorySettings, learnCategoryStatistics } from './learn-category-statistics.js';

/** The fewest rows in a leaf of a tree that grows leaf by leaf. */
const FEWEST_IN_LEAF = 20;

/** How trees are boosted, whatever the loss. */
export interface BoostSettings
  extends Omit<BoosterOptions, 'minSamplesLeaf' | 'temperature' | 'nTreeFeatures' | 'nNodeFeatures'>,
    CategorySettings {
  readonly nEstimators: number;
  readonly maxBins: number;
  readonly minSamplesLeaf: number | null;
  readonly maxFeatures: MaxFeatures;
  readonly maxFeaturesPerNode: MaxFeatures;
  readonly bootstrap: 'none' | 'bayesian';
  readonly baggingTemperature: number;
  readonly interactions: readonly (readonly string[])[] | null;
  readonly monotone: Readonly<Record<string, -1 | 0 | 1>>;
  /** How many rounds without a lower loss of the held-out rows are enough, and by how much a loss must be lower to count. */
  readonly nIterNoChange: number;
  readonly tolerance: number;
}

/** What is learned from. */
export interface BoostRows {
  readonly x: Table;
  readonly loss: BoostingLoss;
  /** The weight of each row. */
  readonly weights: Float64Array;
  /** The rows whose loss says when to stop; none where all rounds are wanted. */
  readonly heldOut: readonly number[];
}

/** What boosting gives, whatever the loss. */
export interface Boosted {
  /** What makes the columns that trees see; nothing where these are the columns of the table. */
  readonly statistics: CategoryStatistics | undefined;
  readonly binning: Binning;
  readonly baseScores: readonly number[];
  readonly trees: TreeList;
}

/** Boosts trees down a loss, by settings that differ in the number of rounds alone. */
export function boost(
  { x, loss, weights: given, heldOut }: BoostRows,
  group: readonly BoostSettings[],
): Boosted[] {
  const [settings] = group;
  const unit = weightUnit(given);
  const weights = inUnit(given, unit);
  const order = rowsWithLast(x.nRows, heldOut);
  const { statistics, binning, data } = boosterRows(x, loss, weights, order, heldOut.length, settings);
  const booster = new Booster(data, boosterOptions(settings, binning.features.length, unit));
  const nRounds = Math.max(...group.map(({ nEstimators }) => nEstimators));
  const rounds =
    heldOut.length > 0
      ? untilLeastLoss(booster, nRounds, settings)
      : Array.from({ length: nRounds }, () => booster.round());
  return group.map(({ nEstimators }) => ({
    statistics,
    binning,
    baseScores: data.baseScores,
    trees: new TreeList(joinTrees(rounds.slice(0, nEstimators).flat()), {
      nFeatures: binning.features.length,
      nOutputs: 1,
      nSums: data.baseScores.length,
      isCategory: (feature) => binning.isCategory(feature),
    }),
  }));
}

/** @param unit the unit of the weights: what stands beside their sums is measured in it, too. */
function boosterOptions(settings: BoostSettings, nFeatures: number, unit: number): BoosterOptions {
  const nTreeFeatures = nCompeting(settings.maxFeatures, nFeatures);
  return {
    ...settings,
    minSamplesLeaf: settings.minSamplesLeaf ?? (settings.growth === 'symmetric' ? 1 : FEWEST_IN_LEAF),
    minCurvature: settings.minCurvature / unit,
    l2Regularization: settings.l2Regularization / unit,
    pathSmoothing: settings.pathSmoothing / unit,
    temperature: settings.bootstrap === 'bayesian' ? settings.baggingTemperature : 0,
    nTreeFeatures,
    nNodeFeatures: nCompeting(settings.maxFeaturesPerNode, nTreeFeatures),
  };
}

/** Boosts until the loss of the held-out rows has not fallen for long enough; returns the rounds up to the least loss. */
function untilLeastLoss(
  booster: Booster,
  nRounds: number,
  { nIterNoChange, tolerance }: BoostSettings,
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
  loss: BoostingLoss,
  weights: Float64Array,
  order: Int32Array,
  nHeldOut: number,
  settings: BoostSettings,
): Pick<Boosted, 'statistics' | 'binning'> & { readonly data: BoosterRows } {
  const { targets, baseScores } = loss;
  const { maxBins, monotone, interactions } = settings;
  const nRows = x.nRows - nHeldOut;
  for (const name of Object.keys(monotone)) x.numeric(name);
  const groups = interactionGroups(x.names, interactions);
  const learned = order.subarray(0, nRows).filter((row) => weights[row] > 0);
  const inOrder = order.every((row, i) => row === i);
  const classes = inOrder ? targets : order.map((row) => targets[row]);
  const orderedWeights = inOrder ? weights : Float64Array.from(order, (row) => weights[row]);
  const scores = baseScores(classes.subarray(0, nRows), orderedWeights);
  const { statistics, table = x } =
    learnCategoryStatistics(
      { x, targets, weights, learned, nScores: scores.length },
      // A column made of two would bring them onto one path where they are not to meet.
      interactions === null ? settings : { ...settings, categoryCombinations: 0 },
      (of, asked) => firstFit(x, loss, settings, of, asked),
    ) ?? {};
  requireFeatures(table);
  const binning = Binning.learn(table, maxBins, true, learned.length < x.nRows ? learned : undefined);
  const codes = binning.codes(table);
  return {
    statistics,
    binning,
    data: {
      nRows,
      nHeldOut,
      codes: inOrder ? codes : codes.map((column) => Uint8Array.from(order, (row) => column[row])),
      nBins: binning.features.map((feature) =>
        'levels' in feature ? feature.levels.length : feature.edges.length + 1,
      ),
      isCategory: binning.features.map((_, feature) => binning.isCategory(feature)),
      monotone: table.names.map((name) => (Object.hasOwn(monotone, name) ? monotone[name] : 0)),
      groups: statistics ? statistics.origins.map(([name]) => groups[x.names.indexOf(name)]) : groups,
      classes,
      weights: orderedWeights,
      baseScores: scores,
    },
  };
}

/** Small trees, which find little of what columns tell together. */
const FIRST_FIT = {
  nEstimators: 50,
  learningRate: 0.1,
  maxLeafNodes: 8,
  maxDepth: null,
  l2Regularization: 3,
  growth: 'leaf',
  minSamplesLeaf: null,
  pathSmoothing: 0,
  subsample: 1,
  maxFeatures: 'all',
  maxFeaturesPerNode: 'all',
  randomStrength: 0,
  bootstrap: 'none',
  categories: 'sets',
} as const;

/** The probabilities of each class in some rows, by a short fit of others without statistics of categories. */
function firstFit(
  x: Table,
  loss: BoostingLoss,
  settings: BoostSettings,
  learned: Int32Array,
  asked: Int32Array,
): Float64Array[] {
  const targets = learned.map((row) => loss.targets[row]);
  const rows = {
    x: x.take(learned),
    loss: { ...loss, targets },
    weights: new Float64Array(learned.length).fill(1),
    heldOut: [],
  };
  const [{ binning, baseScores, trees }] = boost(rows, [{ ...settings, ...FIRST_FIT }]);
  const sums = trees.sums(binning.codes(x.take(asked)), asked.length);
  return classProbabilities(sums.map((sum, k) => sum.map((value) => baseScores[k] + value)));
}

/** All rows, those named last; the others keep their order. */
function rowsWithLast(nRows: number, last: readonly number[]): Int32Array {
  const isLast = new Set(last);
  const all = Array.from({ length: nRows }, (_, row) => row);
  return Int32Array.from([...all.filter((row) => !isLast.has(row)), ...all.filter((row) => isLast.has(row))]);
}
