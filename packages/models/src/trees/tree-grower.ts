import { ChurnError, type Random } from '@churn/core';
import TREE_GROWER from '../../wasm/tree-grower.wasm';
import { openTeam, type Team, type ThreadedExports } from '../threads/team.js';
import { addressOf, MOST_BYTES, requireMemory } from '../wasm-module.js';
import { MISSING_BIN } from './bins.js';
import type { Criterion, RegressionCriterion } from './criterion.js';

/** The rows that trees learn from, cut into bins. */
export interface BinnedRows {
  readonly nRows: number;
  readonly target: TreeTarget;
  /** The bin of each row, one array per feature. */
  readonly codes: readonly Uint8Array[];
  /** The values where one bin ends and the next begins, one array per feature. */
  readonly edges: readonly Float64Array[];
}

/** What trees learn to predict of each row. */
export type TreeTarget =
  | { readonly nClasses: number; readonly classes: Int32Array }
  /** Integers, as returned by `scaledAmounts`. */
  | { readonly amounts: Float64Array };

export interface TreeOptions {
  readonly criterion: Criterion | RegressionCriterion;
  readonly splitter: Splitter;
  /** How many features that are not constant in a node compete for its split, if there are as many. */
  readonly maxFeatures: number;
  /** The minimum number of rows that a node is split with. */
  readonly minSamplesSplit: number;
  /** The minimum number of rows in a leaf. */
  readonly minSamplesLeaf: number;
}

/** Whether a feature offers a node its best split, or one at random. */
export type Splitter = 'best' | 'random';

/** What a node without children has instead of a feature. */
export const LEAF = -1;

/** What a tree needs besides rows and nodes, a class: histograms, and the bins of rows that are near one another. */
const SCRATCH_BYTES = 2 ** 20;

/** The most classes that the trees distinguish: a class takes a byte. */
export const MOST_CLASSES = 256;

/**
 * A tree as it was grown, with all that is known of its inner nodes, too.
 *
 * The nodes stand level by level, each level from left to right, so that the children of the k-th node that has any are the nodes
 * 2k + 1 and 2k + 2, and a shallower tree is the beginning of a deeper one.
 */
export interface GrownTree {
  /** The feature that splits each node, or `LEAF`. */
  readonly features: Int32Array;
  /** The last bin that goes left. */
  readonly bins: Uint8Array;
  /** 1 where rows without a value go left. */
  readonly missingLeft: Uint8Array;
  /**
   * What each node sums up of its rows, side by side: the weight of each class; or, of target values, the
   * weight, and the target values times their weights.
   */
  readonly sums: Float64Array;
  /** How many nodes there are up to each depth, from 0 on. */
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
/** The bytes of a node, and where its parts begin. */
type Place = 'nodeSize' | 'LAST_LEFT' | 'FIRST_RIGHT' | 'MISSING_LEFT' | 'LINK' | 'SUMS';

/** The numbers of the criteria, as wasm/growing/memory.ts has them. */
const NUMBER_OF: Readonly<Record<TreeOptions['criterion'], number>> = {
  gini: 0,
  entropy: 1,
  squaredError: 2,
  poisson: 3,
};

/** What wasm/tree-grower.ts exports. */
interface Module extends ThreadedExports<Parameter | Address | Place> {
  prepare(): void;
  grow(nTrees: number): void;
}

/** What a tree starts from. */
export interface TreeStart {
  /** The weight of each row; those of weight 0 take no part. */
  readonly rowWeights: Float64Array;
  /** What as many rows as take part are drawn by, with replacement, each to count by its weight; without it all take part. */
  readonly random?: Random | undefined;
  /** What each node draws by. */
  readonly seed: number;
  /** The maximum number of splits from the root to a leaf. */
  readonly maxDepth: number;
}

/**
 * Grows trees on the same rows, one after the other, in WebAssembly: the same in JavaScript takes half as long again, as its
 * engines check each of the accesses of which the work consists.
 */
export class TreeGrower {
  readonly #data: BinnedRows;
  readonly #nSums: number;
  readonly #team: Team<Module>;
  /** The maximum number of trees that grow at a time, in a thread each. */
  readonly nSlots: number;

  /**
   * @param nThreads the most threads to grow in. Default 1.
   * @throws `invalid-target` if there are more than 256 classes; `invalid-data` if the rows do not fit into memory.
   */
  constructor(data: BinnedRows, options: TreeOptions, nThreads = 1) {
    const { criterion, splitter, maxFeatures, minSamplesSplit, minSamplesLeaf } = options;
    const { nRows, target, codes } = data;
    const nSums = nSumsOf(target);
    // A bin a value and a target; a weight, and the row in the tree with its class and weight, held twice, a tree at hand.
    const sharedBytes = nRows * (codes.length + ('amounts' in target ? 8 : 1));
    requireMemory(sharedBytes + 40 * nRows);
    // Several trees at a time have room for all their nodes from the start: two a row.
    const bytesPerTree = nRows * (40 + 2 * (32 + 8 * nSums)) + SCRATCH_BYTES * nSums;
    this.nSlots = Math.max(1, Math.min(nThreads, Math.floor((MOST_BYTES - sharedBytes) / bytesPerTree)));
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
        // More than there are rows is as good as that.
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

  /** Grows up to `nSlots` trees, each of which is the same however many there are. */
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

  /** Lets the other threads go, and must be called. */
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
    // A global is slow to read.
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
      // The children of the level that ends here are all there is in the next one.
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
 * How many numbers a node sums up.
 * @throws `invalid-target` if there are more classes than a byte can distinguish.
 */
function nSumsOf(target: TreeTarget): number {
  if ('amounts' in target) return 2;
  const { nClasses } = target;
  if (nClasses <= MOST_CLASSES) return nClasses;
  throw new ChurnError('invalid-target', `trees tell up to ${MOST_CLASSES} classes apart, got ${nClasses}`);
}

/**
 * Between two bins with rows each of the empty ones could part them; the one whose edge is nearest to the middle leaves both
 * sides room.
 *
 * @param last the last bin on the left that has rows, and `first` the first one on the right.
 */
function lastBinOnLeft(edges: Float64Array, last: number, first: number): number {
  if (first === MISSING_BIN) return MISSING_BIN - 1;
  const middle = edges[last] / 2 + edges[first - 1] / 2;
  let bin = last;
  while (bin + 1 < first && Math.abs(edges[bin + 1] - middle) < Math.abs(edges[bin] - middle)) bin++;
  return bin;
}
