import BOOSTER from '../../wasm/booster.wasm';
import { MISSING_BIN } from '../trees/bins.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays } from '../trees/tree-arrays.js';
import { instantiate, requireMemory, setParameters, type WasmExports } from '../wasm-module.js';

/** The rows to learn from and those held out, the held-out ones last. */
export interface BoosterRows {
  readonly nRows: number;
  readonly nHeldOut: number;
  /** The bin of each row, an array a feature. */
  readonly codes: readonly Uint8Array[];
  /** How many bins each feature has, without that of missing values. */
  readonly nBins: readonly number[];
  readonly isCategory: readonly boolean[];
  /** 1 where the score may only rise with a feature, -1 where it may only fall, 0 where it is free. */
  readonly monotone: readonly (-1 | 0 | 1)[];
  /** The class of each row, and its weight. */
  readonly classes: Int32Array;
  readonly weights: Float64Array;
  /** The raw scores to start from, one an output. */
  readonly baseScores: readonly number[];
}

export interface BoosterOptions {
  readonly maxLeafNodes: number;
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  readonly learningRate: number;
  readonly l2Regularization: number;
  readonly growth: 'leaf' | 'depth';
}

type Parameter =
  | 'nRows'
  | 'nHeldOut'
  | 'nFeatures'
  | 'nOutputs'
  | 'nPlaces'
  | 'maxLeaves'
  | 'maxDepth'
  | 'minSamplesLeaf'
  | 'learningRate'
  | 'l2'
  | 'isLevelWise'
  | 'isMonotone';
type Address =
  | 'codes'
  | 'offsets'
  | 'isCategory'
  | 'monotone'
  | 'classes'
  | 'rowWeights'
  | 'scores'
  | 'nodes'
  | 'sets';
/** The bytes of a node, and where its parts begin. */
type Place =
  | 'NODE'
  | 'NODE_BIN'
  | 'NODE_LEFT'
  | 'NODE_RIGHT'
  | 'NODE_MISSING_LEFT'
  | 'NODE_VALUE'
  | 'NODE_WEIGHT';

/** What wasm/booster.ts exports. */
interface Module extends WasmExports<Parameter | Address | Place> {
  setUp(): void;
  computeGradients(): void;
  growTree(output: number): number;
  loss(ofHeldOut: boolean): number;
}

/** Boosts trees, a round at a time, in WebAssembly. */
export class Booster {
  readonly #rows: BoosterRows;
  readonly #module: Module;

  /** @throws `invalid-data` where the rows, or the histograms of the leaves, do not fit into memory. */
  constructor(rows: BoosterRows, options: BoosterOptions) {
    const { nRows, nHeldOut, codes, nBins, baseScores, monotone } = rows;
    const nAll = nRows + nHeldOut;
    const maxLeaves = Math.min(options.maxLeafNodes, nRows);
    const nPlaces = nBins.reduce((sum, n) => sum + n + 1, 0);
    // A bin a value; class, weight and scores, gradients in and out of order and places a row; and a histogram a leaf.
    requireMemory(
      nAll * (codes.length + 9 + 8 * baseScores.length) +
        nRows * (24 + 16 * baseScores.length) +
        maxLeaves * (20 * nPlaces + 288),
    );
    const module = instantiate<Module>(BOOSTER);
    this.#rows = rows;
    this.#module = module;
    setParameters<Parameter>(module, {
      nRows,
      nHeldOut,
      nFeatures: codes.length,
      nOutputs: baseScores.length,
      nPlaces,
      maxLeaves,
      maxDepth: options.maxDepth ?? maxLeaves,
      minSamplesLeaf: Math.min(options.minSamplesLeaf, nRows),
      learningRate: options.learningRate,
      l2: options.l2Regularization,
      isLevelWise: options.growth === 'depth',
      isMonotone: monotone.some((direction) => direction !== 0),
    });
    module.setUp();
    const { buffer } = module.memory;
    let offset = 0;
    const offsets = new Int32Array(buffer, module.offsets.value, codes.length + 1);
    codes.forEach((column, feature) => {
      const bins = nBins[feature];
      offsets[feature] = offset;
      offset += bins + 1;
      const to = new Uint8Array(buffer, module.codes.value + feature * nAll, nAll);
      for (let row = 0; row < nAll; row++) to[row] = column[row] === MISSING_BIN ? bins : column[row];
    });
    offsets[codes.length] = offset;
    new Uint8Array(buffer, module.isCategory.value).set(rows.isCategory.map(Number));
    new Int8Array(buffer, module.monotone.value).set(monotone);
    new Uint8Array(buffer, module.classes.value).set(rows.classes);
    new Float64Array(buffer, module.rowWeights.value).set(rows.weights);
    baseScores.forEach((score, k) => {
      new Float64Array(buffer, module.scores.value + 8 * k * nAll, nAll).fill(score);
    });
  }

  /** Adds a tree for each output, and returns them. */
  round(): TreeArrays[] {
    this.#module.computeGradients();
    return this.#rows.baseScores.map((_, output) => this.#tree(this.#module.growTree(output)));
  }

  /** The log loss after the rounds so far, of the rows learned from or of those held out. */
  loss(of: 'train' | 'heldOut'): number {
    return this.#module.loss(of === 'heldOut');
  }

  /** The tree grown last, its nodes put level by level. */
  #tree(nNodes: number): TreeArrays {
    const { memory, nodes, NODE, NODE_BIN, NODE_LEFT, NODE_RIGHT, NODE_MISSING_LEFT, ...places } =
      this.#module;
    const { codes, isCategory } = this.#rows;
    const view = new DataView(memory.buffer, nodes.value, nNodes * NODE.value);
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
      if (isCategory[feature]) {
        columns[place] = feature;
        sets.push(...this.#binsOnRight(queue[place], feature));
      } else {
        columns[place] = feature + view.getUint8(at + NODE_MISSING_LEFT.value) * codes.length;
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

  /** The set of a node turned round: the bins whose rows go right, with missing values in their usual place. */
  #binsOnRight(node: number, feature: number): Int32Array {
    const { memory, sets } = this.#module;
    const left = new Int32Array(memory.buffer, sets.value + 4 * SET_WORDS * node, SET_WORDS);
    const right = left.map((word) => ~word);
    const missing = this.#rows.nBins[feature];
    const isLeft = (left[missing >> 5] >>> (missing & 31)) & 1;
    const last = MISSING_BIN >> 5;
    const bit = 1 << (MISSING_BIN & 31);
    right[last] = isLeft ? right[last] & ~bit : right[last] | bit;
    return right;
  }
}
