import { exp, powerOfTwo, Random } from '@churn/core';
import BOOSTER from '../../wasm/booster.wasm';
import { maxThreads } from '../threads/max-threads.js';
import { openTeam, type Team, type ThreadedExports } from '../threads/team.js';
import { MISSING_BIN } from '../trees/bins.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays } from '../trees/tree-arrays.js';
import { addressOf, requireMemory } from '../wasm-module.js';

/** The rows to train on and those held out, the held-out ones last. */
export interface BoosterRows {
  readonly nRows: number;
  readonly nHeldOut: number;
  readonly features: readonly BoosterFeature[];
  /** The index of each row in the values of features; `null` if they are in the same order. */
  readonly order: Int32Array | null;
  /** 1 if the score may only increase with a feature, -1 if it may only decrease, 0 if it is unconstrained. */
  readonly monotone: readonly (-1 | 0 | 1)[];
  /** A bit for each group of features that may occur on one path; all bits for an unconstrained feature. */
  readonly groups: readonly bigint[];
  /** The loss to minimise. */
  readonly loss: KernelLoss;
  /** The target of each row: the index of its class, or its value. */
  readonly targets: Int32Array | Float64Array;
  /** The weight of each row. */
  readonly weights: Float64Array;
  /** The initial raw scores, one per output. */
  readonly baseScores: readonly number[];
  /** The raw scores of each row by the model to continue from, one array per output. */
  readonly sums?: readonly Float64Array[] | undefined;
}

/** A loss computed by wasm/boosting/losses.ts. */
export interface KernelLoss {
  readonly name: keyof typeof LOSSES;
  /** The variance power of the Tweedie loss, or the threshold of the Huber loss. */
  readonly parameter?: number;
  /** The level of each output of the quantile loss. */
  readonly levels?: readonly number[];
}

/** The numbers of losses. */
const LOSSES = {
  logLoss: 0,
  squaredError: 1,
  quantile: 2,
  huber: 3,
  poisson: 4,
  gamma: 5,
  tweedie: 6,
} as const;

/**
 * The maximum Newton step of the logarithm of a target, before the learning rate. If targets are far above the predictions, steps would
 * otherwise be too large by orders of magnitude.
 */
const LARGEST_LOG_STEP = 2;
const LOG_LINKED: readonly KernelLoss['name'][] = ['poisson', 'gamma', 'tweedie'];

/** A feature: the values of all rows with the edges of their bins, or the bin of each row; the bins of a category are its levels. */
export type BoosterFeature =
  | { readonly values: Float64Array; readonly edges: Float64Array }
  | { readonly codes: Uint8Array; readonly nBins: number; readonly isCategory: boolean };

export interface BoosterOptions {
  /** The maximum number of leaves of a tree, if it does not grow symmetrically. */
  readonly maxLeafNodes: number;
  /** The maximum depth; `null` for no limit, or for the default of symmetric trees. */
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  readonly minCurvature: number;
  readonly learningRate: number;
  readonly l2Regularization: number;
  readonly pathSmoothing: number;
  readonly growth: 'leaf' | 'depth' | 'symmetric';
  /** The share of rows used to find the splits of a tree, and the power of their random weights; 0 for none. */
  readonly subsample: number;
  readonly temperature: number;
  /** The number of features drawn per tree and per node. */
  readonly nTreeFeatures: number;
  readonly nNodeFeatures: number;
  readonly randomStrength: number;
  readonly seed: number;
  /** The maximum number of threads; `null` for no limit. */
  readonly nJobs: number | null;
}

/** With fewer values than this, one thread is used. */
const MIN_SHARED = 200_000;

/** Symmetric trees do not count rows. A sum of curvatures up to this may be the rounding error of a side without rows. */
const LEAST_CURVATURE = 1e-8;

/** The default depth of symmetric trees for a number of rows. */
function symmetricDepth(nRows: number): number {
  return nRows < 3000 ? 4 : nRows < 20_000 ? 5 : 6;
}

type Parameter =
  | 'nRows'
  | 'nHeldOut'
  | 'nFeatures'
  | 'nOutputs'
  | 'nPlaces'
  | 'maxLeaves'
  | 'nSlots'
  | 'maxDepth'
  | 'minSamplesLeaf'
  | 'minCurvature'
  | 'learningRate'
  | 'l2'
  | 'pathSmoothing'
  | 'isSymmetric'
  | 'isLevelWise'
  | 'isMonotone'
  | 'hasUnweighted'
  | 'nTreeFeatures'
  | 'nNodeFeatures'
  | 'subsample'
  | 'temperature'
  | 'nThreads'
  | 'lossKind'
  | 'lossParameter'
  | 'largestStep';
type Address =
  | 'staged'
  | 'edges'
  | 'offsets'
  | 'isCategory'
  | 'hasMissing'
  | 'monotone'
  | 'groups'
  | 'classes'
  | 'rowWeights'
  | 'amounts'
  | 'levels'
  | 'scores'
  | 'nodes'
  | 'sets';
/** The bytes of a node and the offsets of its parts, and the number of rows that are binned at a time. */
type Place =
  | 'NODE'
  | 'NODE_BIN'
  | 'NODE_LEFT'
  | 'NODE_RIGHT'
  | 'NODE_MISSING_LEFT'
  | 'NODE_VALUE'
  | 'NODE_WEIGHT'
  | 'STAGED';
/** The parameters set for each tree. */
type OfTree = 'noise' | 'treeSeed';

/** The exports of wasm/booster.ts. */
interface Module extends ThreadedExports<Parameter | Address | Place | OfTree> {
  findBins(feature: number, first: number, nHere: number): void;
  computeGradients(): void;
  growTree(output: number): number;
  loss(ofHeldOut: boolean): number;
}

/** Boosts trees in WebAssembly, one round at a time. */
export class Booster {
  readonly #rows: BoosterRows;
  readonly #options: BoosterOptions;
  readonly #team: Team<Module>;
  readonly #module: Module;
  readonly #nWeighted: number;
  readonly #meanWeight: number;
  #nRounds: number;

  /**
   * @param nRoundsBefore the number of rounds of the model to continue from.
   * @throws `invalid-data` if the rows, or the histograms of the leaves, do not fit into memory.
   */
  constructor(rows: BoosterRows, options: BoosterOptions, nRoundsBefore = 0) {
    const { nRows, nHeldOut, features, baseScores, monotone, loss } = rows;
    const hasAmounts = loss.name !== 'logLoss';
    const nAll = nRows + nHeldOut;
    const nFeatures = features.length;
    const nBins = features.map(nBinsOf);
    const isSymmetric = options.growth === 'symmetric';
    const weights = rows.weights.subarray(0, nRows).filter((weight) => weight > 0);
    const maxDepth = options.maxDepth ?? (isSymmetric ? symmetricDepth(weights.length) : nRows);
    const widthOf = (depth: number) => Math.min(nRows, powerOfTwo(Math.min(depth, 30)));
    const maxLeaves = isSymmetric ? widthOf(maxDepth) : Math.min(nRows, options.maxLeafNodes);
    // The leaves of the last level of a symmetric tree are not split.
    const nSlots = isSymmetric ? widthOf(maxDepth - 1) : maxLeaves;
    const nPlaces = nBins.reduce((sum, n) => sum + n + 1, 0);
    const isDrawn = options.subsample < 1 || options.temperature > 0;
    const nThreads = nAll * nFeatures < MIN_SHARED ? 1 : maxThreads(options.nJobs);
    // One bin per value, eight features side by side; class, weight, leaf, scores, gradients, integer gradients and index per row; and one
    // histogram per leaf and per thread.
    requireMemory(
      nAll * (8 * Math.ceil(nFeatures / 8) + 13 + 8 * baseScores.length) +
        nRows * (20 + 16 * baseScores.length + (isDrawn ? 16 : 0)) +
        (hasAmounts ? 8 * nAll + 16 * nRows + 8 * maxLeaves : 0) +
        (nSlots + nThreads - 1) * 16 * nPlaces +
        nFeatures * 128 +
        2_400_000 +
        nThreads * 75_000 +
        maxLeaves * 432,
    );
    this.#rows = rows;
    this.#options = options;
    this.#nWeighted = weights.length;
    this.#meanWeight = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    this.#nRounds = nRoundsBefore;
    const parameters: Readonly<Record<Parameter, number | boolean>> = {
      nRows,
      nHeldOut,
      nFeatures,
      nOutputs: baseScores.length,
      nPlaces,
      maxLeaves,
      nSlots,
      maxDepth,
      minSamplesLeaf: Math.min(options.minSamplesLeaf, nRows),
      minCurvature: Math.max(options.minCurvature, isSymmetric ? LEAST_CURVATURE : 0),
      learningRate: options.learningRate,
      l2: options.l2Regularization,
      pathSmoothing: options.pathSmoothing,
      isSymmetric,
      isLevelWise: options.growth === 'depth',
      isMonotone: monotone.some((direction) => direction !== 0),
      hasUnweighted: weights.length < nRows,
      nTreeFeatures: options.nTreeFeatures,
      nNodeFeatures: options.nNodeFeatures,
      subsample: options.subsample,
      temperature: options.temperature,
      nThreads,
      lossKind: LOSSES[loss.name],
      lossParameter: loss.parameter ?? 0,
      largestStep: LOG_LINKED.includes(loss.name) ? LARGEST_LOG_STEP : Infinity,
    };
    this.#team = openTeam<Module, Parameter>(BOOSTER, parameters, nThreads);
    const { module } = this.#team;
    this.#module = module;
    const { buffer } = module.memory;
    const offsets = new Int32Array(buffer, addressOf(module.offsets), nFeatures + 1);
    nBins.forEach((n, feature) => {
      offsets[feature + 1] = offsets[feature] + n + 1;
    });
    this.#findBins();
    new Uint8Array(buffer, addressOf(module.isCategory)).set(
      features.map((feature) => Number(isCategory(feature))),
    );
    new Int8Array(buffer, addressOf(module.monotone)).set(monotone);
    new BigUint64Array(buffer, addressOf(module.groups)).set(rows.groups);
    if (hasAmounts) new Float64Array(buffer, addressOf(module.amounts)).set(rows.targets);
    else new Uint8Array(buffer, addressOf(module.classes)).set(rows.targets);
    // The Huber loss starts from the median.
    new Float64Array(buffer, addressOf(module.levels)).set(loss.levels ?? baseScores.map(() => 0.5));
    new Float64Array(buffer, addressOf(module.rowWeights)).set(rows.weights);
    baseScores.forEach((score, k) => {
      new Float64Array(buffer, addressOf(module.scores) + 8 * k * nAll, nAll).fill(score);
    });
    rows.sums?.forEach((sums, k) => {
      const scores = new Float64Array(buffer, addressOf(module.scores) + 8 * k * nAll, nAll);
      for (let row = 0; row < nAll; row++) scores[row] += sums[row];
    });
  }

  /** Bins all rows, eight features and this many rows at a time. */
  #findBins(): void {
    const { memory, staged, edges, STAGED, findBins } = this.#module;
    const { features, order, nRows, nHeldOut } = this.#rows;
    const nAll = nRows + nHeldOut;
    for (let feature = 0; feature < features.length; feature += 8) {
      const here = features.slice(feature, feature + 8);
      here.forEach((each, i) => {
        const to = new Float64Array(memory.buffer, addressOf(edges) + 8 * 256 * i, 256).fill(Infinity);
        to.set(
          'codes' in each ? Float64Array.from({ length: each.nBins - 1 }, (_, bin) => bin + 0.5) : each.edges,
        );
      });
      for (let first = 0; first < nAll; first += STAGED.value) {
        const nHere = Math.min(STAGED.value, nAll - first);
        here.forEach((each, i) => {
          const to = new Float64Array(memory.buffer, addressOf(staged) + 8 * STAGED.value * i, nHere);
          if ('codes' in each) {
            for (let row = 0; row < nHere; row++) {
              const code = each.codes[order ? order[first + row] : first + row];
              to[row] = code === MISSING_BIN ? Number.NaN : code;
            }
          } else if (order) for (let row = 0; row < nHere; row++) to[row] = each.values[order[first + row]];
          else to.set(each.values.subarray(first, first + nHere));
        });
        findBins(feature, first, nHere);
      }
    }
  }

  /** Releases the other threads; must be called. */
  close(): void {
    this.#team.close();
  }

  /** Adds a tree for each output, and returns them. */
  round(): TreeArrays[] {
    const { seed } = this.#options;
    const round = this.#nRounds++;
    this.#module.computeGradients();
    this.#module.noise.value = this.#noise(round);
    return this.#rows.baseScores.map((_, output) => {
      this.#module.treeSeed.value = new Random(seed, 'tree', round, output).uint32();
      return this.#tree(this.#module.growTree(output));
    });
  }

  /** The noise added to split scores fades as the scores of rows converge (Prokhorenkova et al., "CatBoost", 2018). */
  #noise(round: number): number {
    const { randomStrength, learningRate } = this.#options;
    if (randomStrength === 0) return 0;
    const left = this.#nWeighted * exp(-round * learningRate);
    // Scores are square roots of quantities proportional to the weights.
    return (randomStrength * Math.sqrt(this.#meanWeight) * left) / (1 + left);
  }

  /** The mean loss after the rounds so far, of the training rows or of the held-out rows. */
  loss(of: 'train' | 'heldOut'): number {
    return this.#module.loss(of === 'heldOut');
  }

  /** The last tree, with nodes in level order. */
  #tree(nNodes: number): TreeArrays {
    const { memory, nodes, NODE, NODE_BIN, NODE_LEFT, NODE_RIGHT, NODE_MISSING_LEFT, ...places } =
      this.#module;
    const { features } = this.#rows;
    const view = new DataView(memory.buffer, addressOf(nodes), nNodes * NODE.value);
    const columns = new Uint16Array(nNodes).fill(LEAF_COLUMN);
    const bins = new Uint8Array(nNodes);
    const sets: number[] = [];
    const leafValues: number[] = [];
    const leafWeights: number[] = [];
    const queue = [0];
    for (let place = 0; place < queue.length; place++) {
      const at = queue[place] * NODE.value;
      const feature = view.getInt32(at, true);
      if (feature < 0) {
        leafValues.push(view.getFloat64(at + places.NODE_VALUE.value, true));
        leafWeights.push(view.getFloat64(at + places.NODE_WEIGHT.value, true));
        continue;
      }
      if (isCategory(features[feature])) {
        columns[place] = feature;
        sets.push(...this.#binsOnRight(queue[place], feature));
      } else {
        columns[place] = feature + view.getUint8(at + NODE_MISSING_LEFT.value) * features.length;
        bins[place] = view.getInt32(at + NODE_BIN.value, true);
      }
      queue.push(view.getInt32(at + NODE_LEFT.value, true), view.getInt32(at + NODE_RIGHT.value, true));
    }
    return {
      columns,
      bins,
      sets: Int32Array.from(sets),
      nodesPerTree: Int32Array.of(nNodes),
      leafValues: Float64Array.from(leafValues),
      leafWeights: Float32Array.from(leafWeights),
    };
  }

  /** The complement of the set of a node: the bins whose rows go right, with missing values in their usual bin. */
  #binsOnRight(node: number, feature: number): Int32Array {
    const { memory, sets } = this.#module;
    const left = new Int32Array(memory.buffer, addressOf(sets) + 4 * SET_WORDS * node, SET_WORDS);
    const right = left.map((word) => ~word);
    const missing = nBinsOf(this.#rows.features[feature]);
    const isLeft = (left[missing >> 5] >>> (missing & 31)) & 1;
    const last = MISSING_BIN >> 5;
    const bit = 1 << (MISSING_BIN & 31);
    right[last] = isLeft ? right[last] & ~bit : right[last] | bit;
    return right;
  }
}

/** The number of bins of a feature, without the bin of missing values. */
function nBinsOf(feature: BoosterFeature): number {
  return 'codes' in feature ? feature.nBins : feature.edges.length + 1;
}

function isCategory(feature: BoosterFeature): boolean {
  return 'codes' in feature && feature.isCategory;
}
