import { ChurnError, type Random } from '@churn/core';
import TREE_GROWER from '../../wasm/tree-grower.wasm';
import { openTeam, type Team, type ThreadedExports } from '../threads/team.js';
import { addressOf, MAX_BYTES, requireMemory } from '../wasm-module.js';
import { MISSING_BIN } from './bins.js';
import type { Criterion, RegressionCriterion } from './criterion.js';

/** The binned training rows of trees. */
export interface BinnedRows {
  readonly nRows: number;
  readonly target: TreeTarget;
  /** The bin of each row, one array per feature. */
  readonly codes: readonly Uint8Array[];
  /** The edges of the bins, one array per feature. */
  readonly edges: readonly Float64Array[];
}

/** The target of each row: its class, or its scaled target value. */
export type TreeTarget =
  | { readonly nClasses: number; readonly classes: Int32Array }
  /** Integers, as returned by `scaledAmounts`. */
  | { readonly amounts: Float64Array };

export interface TreeOptions {
  readonly criterion: Criterion | RegressionCriterion;
  readonly splitter: Splitter;
  /** The number of features, not counting those constant in the node, that are considered for its split. */
  readonly maxFeatures: number;
  /** The minimum number of rows of a node that is split. */
  readonly minSamplesSplit: number;
  /** The minimum number of rows in a leaf. */
  readonly minSamplesLeaf: number;
}

/** Whether a feature contributes its best split or a random one. */
export type Splitter = 'best' | 'random';

/** The feature of a node without children. */
export const LEAF = -1;

/** The memory per class that a tree needs besides rows and nodes, for histograms and gathered bins. */
const SCRATCH_BYTES = 2 ** 20;

/** The maximum number of classes: a class is a byte. */
export const MAX_CLASSES = 256;

/**
 * A tree with the statistics of all nodes, including inner ones.
 *
 * The nodes are in level order, so that the children of the k-th inner node are the nodes 2k + 1 and 2k + 2, and a tree truncated at some
 * depth is a prefix.
 */
export interface GrownTree {
  /** The feature that splits each node, or `LEAF`. */
  readonly features: Int32Array;
  /** The last bin that goes left. */
  readonly bins: Uint8Array;
  /** 1 if rows with a missing value go left. */
  readonly missingLeft: Uint8Array;
  /**
   * The sums over the rows of each node, node by node: the weight of each class; or, in regression, the weight, and the target values times
   * weights.
   */
  readonly sums: Float64Array;
  /** The number of nodes up to each depth, starting with depth 0. */
  readonly levelEnds: readonly number[];
}

type Parameter =
  | 'nRows'
  | 'nFeatures'
  | 'nSums'
  | 'criterion'
  | 'isRandom'
  | 'maxFeatures'
  | 'minSamplesSplit'
  | 'minSamplesLeaf'
  | 'nSlots';
type Address =
  | 'codes'
  | 'hasMissing'
  | 'classes'
  | 'amounts'
  | 'slotWeights'
  | 'seeds'
  | 'drawsBy'
  | 'depths'
  | 'sizes'
  | 'slotNodes'
  | 'slotSize';
/** The size of a node and the offsets of its parts, in bytes. */
type Place = 'nodeSize' | 'LAST_LEFT' | 'FIRST_RIGHT' | 'MISSING_LEFT' | 'LINK' | 'SUMS';

/** The codes of the criteria, as in wasm/growing/memory.ts. */
const NUMBER_OF: Readonly<Record<TreeOptions['criterion'], number>> = {
  gini: 0,
  entropy: 1,
  squaredError: 2,
  poisson: 3,
};

/** The exports of wasm/tree-grower.ts. */
interface Module extends ThreadedExports<Parameter | Address | Place> {
  prepare(): void;
  grow(nTrees: number): void;
}

/** The inputs of a single tree. */
export interface TreeStart {
  /** The weight of each row; rows of weight 0 are ignored. */
  readonly rowWeights: Float64Array;
  /** The generator for a bootstrap sample, in which each row counts by its weight; without it, the tree is grown on all rows. */
  readonly random?: Random | undefined;
  /** The seed of the draws in nodes. */
  readonly seed: number;
  /** The maximum number of splits from the root to a leaf. */
  readonly maxDepth: number;
}

/**
 * Grows trees on the same rows in WebAssembly. JavaScript takes half as long again, since engines check the bounds of every array access.
 */
export class TreeGrower {
  readonly #data: BinnedRows;
  readonly #nSums: number;
  readonly #team: Team<Module>;
  /** The maximum number of trees grown at a time, one per thread. */
  readonly nSlots: number;

  /**
   * @param nThreads the maximum number of threads. Default 1.
   * @throws `invalid-target` if there are more than 256 classes; `invalid-data` if the rows do not fit into memory.
   */
  constructor(data: BinnedRows, options: TreeOptions, nThreads = 1) {
    const { criterion, splitter, maxFeatures, minSamplesSplit, minSamplesLeaf } = options;
    const { nRows, target, codes } = data;
    const nSums = nSumsOf(target);
    // A bin per value, and a target; for each tree being grown, a weight, and two copies of the row with its class and weight.
    const sharedBytes = nRows * (codes.length + ('amounts' in target ? 8 : 1));
    requireMemory(sharedBytes + 40 * nRows);
    // If several trees grow at a time, each has room for all its nodes from the start: two per row.
    const bytesPerTree = nRows * (40 + 2 * (32 + 8 * nSums)) + SCRATCH_BYTES * nSums;
    this.nSlots = Math.max(1, Math.min(nThreads, Math.floor((MAX_BYTES - sharedBytes) / bytesPerTree)));
    this.#data = data;
    this.#nSums = nSums;
    this.#team = openTeam<Module, Parameter>(
      TREE_GROWER,
      {
        nRows,
        nFeatures: codes.length,
        nSums,
        criterion: NUMBER_OF[criterion],
        isRandom: splitter === 'random',
        maxFeatures,
        // No tree is deeper than the number of rows.
        minSamplesSplit: Math.min(minSamplesSplit, nRows + 1),
        minSamplesLeaf: Math.min(minSamplesLeaf, nRows + 1),
        nSlots: this.nSlots,
      },
      this.nSlots,
    );
    const { module } = this.#team;
    module.prepare();
    const { memory, codes: codesAt, hasMissing } = module;
    if ('amounts' in target) {
      new Float64Array(memory.buffer, addressOf(module.amounts), nRows).set(target.amounts);
    } else new Uint8Array(memory.buffer, addressOf(module.classes), nRows).set(target.classes);
    codes.forEach((column, feature) => {
      new Uint8Array(memory.buffer, addressOf(codesAt) + feature * nRows).set(column);
      new Uint8Array(memory.buffer, addressOf(hasMissing))[feature] = Number(column.includes(MISSING_BIN));
    });
  }

  /** Grows up to `nSlots` trees. Each tree is independent of the others. */
  grow(starts: readonly TreeStart[]): GrownTree[] {
    const { memory, slotWeights, seeds, drawsBy, depths, sizes, grow } = this.#team.module;
    const { nRows } = this.#data;
    const { buffer } = memory;
    starts.forEach(({ rowWeights, random, seed, maxDepth }, slot) => {
      new Float64Array(buffer, addressOf(slotWeights) + 8 * nRows * slot, nRows).set(rowWeights);
      new Int32Array(buffer, addressOf(seeds))[slot] = seed;
      new Uint32Array(buffer, addressOf(drawsBy) + 16 * slot, 4).set(random?.state ?? [0, 0, 0, 0]);
      new Int32Array(buffer, addressOf(depths))[slot] = Math.min(maxDepth, nRows);
    });
    grow(starts.length);
    // The memory may have grown.
    const nNodes = new Int32Array(memory.buffer, addressOf(sizes));
    return starts.map((_, slot) => this.#read(slot, nNodes[slot]));
  }

  /** Releases the other threads; must be called. */
  close(): void {
    this.#team.close();
  }

  #read(slot: number, nNodes: number): GrownTree {
    const nSums = this.#nSums;
    const { memory, slotNodes, slotSize, ...exports } = this.#team.module;
    const start = addressOf(slotNodes) + addressOf(slotSize) * slot;
    const { buffer } = memory;
    const bytes = new Uint8Array(buffer, start);
    const words = new Int32Array(buffer, start);
    const numbers = new Float64Array(buffer, start);
    // Reading a global is slow.
    const size = exports.nodeSize.value;
    const lastLeftAt = exports.LAST_LEFT.value;
    const firstRightAt = exports.FIRST_RIGHT.value;
    const missingLeftAt = exports.MISSING_LEFT.value;
    const linkAt = exports.LINK.value;
    const sumsAt = exports.SUMS.value;
    const features = new Int32Array(nNodes);
    const bins = new Uint8Array(nNodes);
    const missingLeft = new Uint8Array(nNodes);
    const sums = new Float64Array(nNodes * nSums);
    const levelEnds = [1];
    let nInner = 0;
    for (let node = 0; node < nNodes; node++) {
      // The next level consists of the children of the level that ends here.
      if (node === levelEnds[levelEnds.length - 1]) levelEnds.push(2 * nInner + 1);
      const at = words[(node * size + linkAt) >>> 2] * size;
      const feature = words[at >>> 2];
      features[node] = feature;
      const from = (at + sumsAt) >>> 3;
      for (let k = 0; k < nSums; k++) sums[node * nSums + k] = numbers[from + k];
      if (feature === LEAF) continue;
      nInner++;
      bins[node] = lastBinOnLeft(this.#data.edges[feature], bytes[at + lastLeftAt], bytes[at + firstRightAt]);
      missingLeft[node] = bytes[at + missingLeftAt];
    }
    return { features, bins, missingLeft, sums, levelEnds };
  }
}

/**
 * The number of sums per node.
 * @throws `invalid-target` if there are more classes than a byte can distinguish.
 */
function nSumsOf(target: TreeTarget): number {
  if ('amounts' in target) return 2;
  const { nClasses } = target;
  if (nClasses <= MAX_CLASSES) return nClasses;
  throw new ChurnError('invalid-target', `trees tell up to ${MAX_CLASSES} classes apart, got ${nClasses}`);
}

/**
 * Chooses among the empty bins between two bins with rows: the one whose edge is closest to the middle.
 *
 * @param last the last bin on the left that has rows; `first` is the first one on the right.
 */
function lastBinOnLeft(edges: Float64Array, last: number, first: number): number {
  if (first === MISSING_BIN) return MISSING_BIN - 1;
  const middle = edges[last] / 2 + edges[first - 1] / 2;
  let bin = last;
  while (bin + 1 < first && Math.abs(edges[bin + 1] - middle) < Math.abs(edges[bin] - middle)) bin++;
  return bin;
}
