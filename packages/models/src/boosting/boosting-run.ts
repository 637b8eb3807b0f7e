import type { Table } from '@churn/core';
import { type MaxFeatures, nCompeting } from '../forest/max-features.js';
import { maxThreads } from '../threads/max-threads.js';
import { Binning, type FeatureBins, finiteColumn, levelCodes } from '../trees/binning.js';
import { joinTrees } from '../trees/join-trees.js';
import { requireFeatures } from '../trees/require-features.js';
import type { TreeArrays } from '../trees/tree-arrays.js';
import { TreeList } from '../trees/tree-list.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { Booster, type BoosterFeature, type BoosterOptions, type BoosterRows } from './booster.js';
import type { BoostingLoss, BoostingTargets, Remainder } from './boosting-loss.js';
import type { CategoryStatistics } from './category-statistics.js';
import { interactionGroups } from './interaction-groups.js';
import { type CategorySettings, learnCategoryStatistics } from './learn-category-statistics.js';

/** The minimum number of rows in a leaf of a tree that grows leaf by leaf. */
const MIN_IN_LEAF = 20;

/** The settings of boosting, for any loss and number of rounds. */
export interface RunSettings
  extends Omit<BoosterOptions, 'minSamplesLeaf' | 'temperature' | 'nTreeFeatures' | 'nNodeFeatures'>,
    CategorySettings {
  readonly maxBins: number;
  readonly minSamplesLeaf: number | null;
  readonly maxFeatures: MaxFeatures;
  readonly maxFeaturesPerNode: MaxFeatures;
  readonly bootstrap: 'none' | 'bayesian';
  readonly baggingTemperature: number;
  readonly interactions: readonly (readonly string[])[] | null;
  readonly monotone: Readonly<Record<string, -1 | 0 | 1>>;
}

/** The training data: a table, or the bins of one that is never in memory as a whole. */
export interface BoostRows {
  readonly x: Table | BinnedColumns;
  readonly loss: BoostingLoss;
  /** The weight of each row. */
  readonly weights: Float64Array;
  /** A model to continue from, if there is a table. */
  readonly from?: Boosted | undefined;
}

/** Columns given only by the bin of each row, one array per column. */
export interface BinnedColumns {
  /** Computes them from the columns of the table; `undefined` if they are the same. */
  readonly statistics?: CategoryStatistics | undefined;
  readonly binning: Binning;
  readonly codes: readonly Uint8Array[];
}

/** Rows of a table. */
type TableRows = BoostRows & { readonly x: Table };

/** The result of boosting, for any loss. */
export interface Boosted {
  /** Computes the columns that trees receive; `undefined` if they are the columns of the table. */
  readonly statistics?: CategoryStatistics | undefined;
  readonly binning: Binning;
  readonly baseScores: readonly number[];
  readonly trees: TreeList;
}

/** Boosts trees on some rows, one round at a time; other rows may be held out. */
export class BoostingRun {
  readonly #from: Boosted | undefined;
  readonly #model: Omit<Boosted, 'trees'>;
  readonly #booster: Booster;
  readonly #rounds: TreeArrays[][] = [];
  readonly #loss: BoostingLoss;

  constructor(rows: BoostRows, settings: RunSettings, heldOut: readonly number[] = []) {
    const unit = weightUnit(rows.weights);
    const weights = inUnit(rows.weights, unit);
    const { model, data } = prepare({ ...rows, weights }, settings, heldOut);
    this.#from = rows.from;
    this.#loss = rows.loss;
    this.#model = model;
    this.#booster = new Booster(
      data,
      boosterOptions(settings, model.binning.features.length, unit),
      rows.from ? rows.from.trees.length / model.baseScores.length : 0,
    );
  }

  round(): void {
    this.#rounds.push(this.#booster.round());
  }

  /** Adds the last rounds. */
  rounds(nRounds: number): void {
    try {
      for (let round = 0; round < nRounds; round++) this.round();
    } finally {
      this.close();
    }
  }

  /** Releases the threads; must be called. */
  close(): void {
    this.#booster.close();
  }

  heldOutLoss(): number {
    return this.#booster.loss('heldOut');
  }

  /** The model of the first rounds, after those of the model that it continues. */
  boosted(nRounds: number): Boosted {
    const { binning } = this.#model;
    const { scoreUnit, scoreOffset } = this.#loss;
    const inUnits = (tree: TreeArrays) =>
      scoreUnit === 1 ? tree : { ...tree, leafValues: tree.leafValues.map((value) => value * scoreUnit) };
    const before = this.#from ? [this.#from.trees.arrays] : [];
    const trees = joinTrees([...before, ...this.#rounds.slice(0, nRounds).flat().map(inUnits)]);
    const baseScores =
      this.#from?.baseScores ?? this.#model.baseScores.map((score) => score * scoreUnit + scoreOffset);
    return {
      ...this.#model,
      baseScores,
      trees: new TreeList(trees, {
        nFeatures: binning.features.length,
        nOutputs: 1,
        nSums: baseScores.length,
        isCategory: (feature) => binning.isCategory(feature),
      }),
    };
  }
}

/** @param unit the unit of the weights, in which quantities added to their sums are measured, too. */
function boosterOptions(settings: RunSettings, nFeatures: number, unit: number): BoosterOptions {
  const nTreeFeatures = nCompeting(settings.maxFeatures, nFeatures);
  return {
    ...settings,
    minSamplesLeaf: settings.minSamplesLeaf ?? (settings.growth === 'symmetric' ? 1 : MIN_IN_LEAF),
    minCurvature: settings.minCurvature / unit,
    l2Regularization: settings.l2Regularization / unit,
    pathSmoothing: settings.pathSmoothing / unit,
    temperature: settings.bootstrap === 'bayesian' ? settings.baggingTemperature : 0,
    nTreeFeatures,
    nNodeFeatures: nCompeting(settings.maxFeaturesPerNode, nTreeFeatures),
  };
}

function prepare(
  rows: BoostRows,
  settings: RunSettings,
  heldOut: readonly number[],
): { readonly model: Omit<Boosted, 'trees'>; readonly data: BoosterRows } {
  const { x, loss, weights, from } = rows;
  const { monotone, interactions } = settings;
  const nAll = weights.length;
  const order = heldOut.length > 0 ? rowsWithLast(nAll, heldOut) : null;
  const nRows = nAll - heldOut.length;
  const names =
    'codes' in x ? (x.statistics?.parts.schema ?? x.binning.schema).map(({ name }) => name) : x.names;
  if (!('codes' in x)) for (const name of Object.keys(monotone)) x.numeric(name);
  const groups = interactionGroups(names, interactions);
  const inOrder = <T extends Float64Array | Int32Array | BoostingTargets>(column: T): T =>
    order ? (column.map((_, i) => column[order[i]]) as T) : column;
  const targets = inOrder(loss.targets);
  const orderedWeights = inOrder(weights);
  const baseScores =
    from?.baseScores.map((score) => (score - loss.scoreOffset) / loss.scoreUnit) ??
    loss.baseScores(targets.subarray(0, nRows), orderedWeights);
  const columns = boosterColumns(rows, settings, order?.subarray(0, nRows));
  const { statistics, binning } = columns;
  return {
    model: { statistics, binning, baseScores },
    data: {
      nRows,
      nHeldOut: heldOut.length,
      features: columns.features,
      order,
      monotone: binning.names.map((name) => (Object.hasOwn(monotone, name) ? monotone[name] : 0)),
      groups: binning.names.map((name, i) => groups[names.indexOf(statistics?.origins[i][0] ?? name)]),
      loss: loss.kernel,
      targets,
      weights: orderedWeights,
      baseScores,
      sums: columns.sums?.map((sums) => inOrder(sums.map((sum) => sum / loss.scoreUnit))),
    },
  };
}

/** The columns that trees receive, and the binning of rows. @param learned the rows to train on; default all. */
function boosterColumns(
  rows: BoostRows,
  settings: RunSettings,
  learned: Int32Array | undefined,
): Pick<Boosted, 'statistics' | 'binning'> & Pick<BoosterRows, 'features' | 'sums'> {
  const { x, weights, from } = rows;
  if ('codes' in x) return { ...x, features: x.binning.features.map((each, i) => binned(each, x.codes[i])) };
  const { statistics, binning, table } = from
    ? { ...from, table: x }
    : learnColumns({ ...rows, x }, settings, learnedRows(x.nRows, weights, learned));
  return {
    statistics,
    binning,
    features: binning.features.map((feature) =>
      'levels' in feature
        ? binned(feature, levelCodes(table, feature))
        : { values: finiteColumn(table, feature.name), edges: feature.edges },
    ),
    sums: from?.trees.sums(binning.codes(table), x.nRows),
  };
}

function binned(feature: FeatureBins, codes: Uint8Array): BoosterFeature {
  return 'levels' in feature
    ? { codes, nBins: feature.levels.length, isCategory: true }
    : { codes, nBins: feature.edges.length + 1, isCategory: false };
}

/** Fits the columns that trees receive: statistics of categories, and bins. */
export function learnColumns(
  rows: TableRows,
  settings: RunSettings,
  learned: Int32Array,
): Pick<Boosted, 'statistics' | 'binning'> & { readonly table: Table } {
  const { x, loss, weights } = rows;
  const { statistics, table = x } =
    learnCategoryStatistics(
      { x, told: loss.told(loss.targets), weights, learned },
      settings.interactions === null ? settings : { ...settings, categoryCombinations: 0 },
      (of, asked) => firstFit(x, loss, settings, of, asked),
    ) ?? {};
  requireFeatures(table);
  const isPart = learned.length < x.nRows;
  return {
    statistics,
    binning: Binning.learn(
      table,
      settings.maxBins,
      true,
      isPart ? learned : undefined,
      maxThreads(settings.nJobs),
    ),
    table,
  };
}

/** Small trees, which find few interactions. */
const FIRST_ROUNDS = 50;
const FIRST_FIT = {
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

/** The residuals of the targets of some rows given a short fit on other rows without statistics of categories. */
function firstFit(
  x: Table,
  { first }: BoostingLoss,
  settings: RunSettings,
  learned: Int32Array,
  asked: Int32Array,
): Remainder {
  const ofRows = (rows: Int32Array): BoostingTargets => {
    const { targets } = first;
    return targets instanceof Int32Array
      ? rows.map((row) => targets[row])
      : Float64Array.from(rows, (row) => targets[row]);
  };
  const weights = new Float64Array(learned.length).fill(1);
  const loss = { ...first, targets: ofRows(learned), scoreUnit: 1, scoreOffset: 0 };
  const run = new BoostingRun({ x: x.take(learned), loss, weights }, { ...settings, ...FIRST_FIT });
  run.rounds(FIRST_ROUNDS);
  const { binning, baseScores, trees } = run.boosted(FIRST_ROUNDS);
  const sums = trees.sums(binning.codes(x.take(asked)), asked.length);
  const scores = sums.map((sum, k) => sum.map((value) => baseScores[k] + value));
  return first.remainder(ofRows(asked), scores);
}

/** All rows, with the given ones last; the others keep their order. */
function rowsWithLast(nRows: number, last: readonly number[]): Int32Array {
  const isLast = new Uint8Array(nRows);
  for (const row of last) isLast[row] = 1;
  const order = new Int32Array(nRows);
  let first = 0;
  let second = nRows - last.length;
  for (let row = 0; row < nRows; row++) order[isLast[row] ? second++ : first++] = row;
  return order;
}

/** The rows of nonzero weight, out of all or some rows. */
function learnedRows(nAll: number, weights: Float64Array, rows?: Int32Array): Int32Array {
  const among = rows ?? Int32Array.from({ length: nAll }, (_, row) => row);
  return among.filter((row) => weights[row] > 0);
}
