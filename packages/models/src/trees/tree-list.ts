import { ChurnError, type JsonObject, packArray, type StateReader } from '@churn/core';
import { instantiate, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { rowCodes } from './binning.js';
import { MISSING_BIN } from './bins.js';
import { TREE_SCORER } from './tree-scorer.wasm.js';

/** What stands in place of a column where a node is a leaf. */
export const LEAF_COLUMN = 0xffff;

/** The words that hold a set of bins, a bit a bin. */
export const SET_WORDS = 8;

/**
 * Trees as plain arrays, as a model file holds them. The nodes of a tree stand level by level, each level from left to right, so
 * that the children of the k-th node that has any (from 0) are the nodes 2k + 1 and 2k + 2 of that tree.
 *
 * A node compares the bin of a row in a *column* with its own: up to it the row goes left. There are two columns a feature, j and
 * j + nFeatures, which differ in missing values: by the first these go right, by the second left (see `rowCodes`). A
 * node of a category feature has a set of bins instead: those go right.
 */
export interface TreeArrays {
  /** The column of each node, or `LEAF_COLUMN`. */
  readonly columns: Uint16Array;
  /** The last bin that goes left, 0 where there is none. */
  readonly bins: Uint8Array;
  /** The sets of the nodes that have one, in their order, each as eight words. */
  readonly sets: Int32Array;
  readonly nodesPerTree: Int32Array;
  /** The values of the leaves in their order, those of a leaf side by side. */
  readonly leafValues: Float64Array;
  /** The weight of the training rows in each leaf, in the unit of `weightUnit`. */
  readonly leafWeights: Float32Array;
}

/** Fewer rows go down the trees one by one. */
const FEW_ROWS = 256;

/** What the trees of a list have in common. */
export interface TreeShape {
  readonly nFeatures: number;
  /** How many values a leaf has. */
  readonly nOutputs: number;
  /** How many sums they add up to; where a leaf has one value, tree t counts for sum t % nSums. Default `nOutputs`. */
  readonly nSums?: number;
  /** Whether a feature holds categories. Default: none does. */
  readonly isCategory?: (feature: number) => boolean;
}

/** What wasm/tree-scorer.ts exports. The numbers in globals are addresses in the memory, except for `BLOCK` and `manyRows`. */
interface Scorer {
  readonly memory: WasmMemory;
  readonly BLOCK: WasmGlobal;
  readonly manyRows: WasmGlobal;
  readonly nodes: WasmGlobal;
  readonly leafOfNode: WasmGlobal;
  readonly roots: WasmGlobal;
  readonly sets: WasmGlobal;
  readonly leafValues: WasmGlobal;
  readonly rowCodes: WasmGlobal;
  readonly leaves: WasmGlobal;
  readonly sums: WasmGlobal;
  setUp(
    nNodes: number,
    nTrees: number,
    nSets: number,
    nLeaves: number,
    nOutputs: number,
    nFeatures: number,
    nSums: number,
  ): void;
  score(nRows: number, nSums: number): void;
  scoreMany(nRows: number, nSums: number): void;
  findLeaves(tree: number, nRows: number): void;
}

/** Fitted trees, ready to score rows. */
export class TreeList {
  readonly #nSums: number;
  /** Two numbers a node, its leaf or feature, and the roots, as wasm/tree-scorer.ts wants them. */
  readonly #nodes: Int32Array;
  readonly #leafOfNode: Int32Array;
  readonly #roots: Int32Array;
  #scorer: Scorer | undefined;

  /** @throws `model-file` where the arrays are not those of trees of this shape. */
  constructor(
    readonly arrays: TreeArrays,
    readonly shape: TreeShape,
  ) {
    const { columns, bins, sets, nodesPerTree, leafValues, leafWeights } = arrays;
    const { nFeatures, nOutputs, nSums = nOutputs, isCategory = () => false } = shape;
    this.#nSums = nSums;
    this.#nodes = new Int32Array(2 * columns.length);
    this.#leafOfNode = new Int32Array(columns.length);
    this.#roots = new Int32Array(nodesPerTree.length);
    let nLeaves = 0;
    let nSets = 0;
    let node = 0;
    for (let tree = 0; tree < nodesPerTree.length; tree++) {
      const start = node;
      const end = start + nodesPerTree[tree];
      if (end <= start || end > columns.length) throw damaged('the number of nodes');
      this.#roots[tree] = 8 * start;
      let nInner = 0;
      for (; node < end; node++) {
        const column = columns[node];
        if (column === LEAF_COLUMN) {
          this.#nodes[2 * node] = 255;
          this.#nodes[2 * node + 1] = 8 * node;
          this.#leafOfNode[node] = nLeaves++;
          continue;
        }
        const left = start + 2 * nInner++ + 1;
        if (column >= 2 * nFeatures || left <= node || left + 1 >= end) throw damaged('a node');
        const hasSet = isCategory(column % nFeatures);
        this.#nodes[2 * node] = hasSet ? -1 - nSets++ : (column << 8) | bins[node];
        this.#nodes[2 * node + 1] = 8 * left;
        if (hasSet) this.#leafOfNode[node] = column % nFeatures;
      }
      if (end - start !== 2 * nInner + 1) throw damaged('a node');
    }
    if (node !== columns.length || bins.length !== node) throw damaged('the number of nodes');
    if (sets.length !== SET_WORDS * nSets) throw damaged('the number of sets');
    const isRight = leafValues.length === nOutputs * nLeaves && leafWeights.length === nLeaves;
    if (!isRight || !leafValues.every(Number.isFinite)) throw damaged('a leaf');
    if (!leafWeights.every((weight) => weight >= 0 && weight < Infinity)) throw damaged('a leaf');
  }

  /** @throws `model-file` where the state is not that of trees. */
  static restore(state: StateReader, shape: TreeShape): TreeList {
    const arrays: TreeArrays = {
      columns: state.packed('columns', Uint16Array),
      bins: state.packed('bins', Uint8Array),
      sets: state.packed('sets', Int32Array),
      nodesPerTree: state.packed('nodesPerTree', Int32Array),
      leafValues: state.packed('leafValues', Float64Array),
      leafWeights: state.packed('leafWeights', Float32Array),
    };
    return new TreeList(arrays, shape);
  }

  get state(): JsonObject {
    const { columns, bins, sets, nodesPerTree, leafValues, leafWeights } = this.arrays;
    return {
      columns: packArray(columns),
      bins: packArray(bins),
      sets: packArray(sets),
      nodesPerTree: packArray(nodesPerTree),
      leafValues: packArray(leafValues),
      leafWeights: packArray(leafWeights),
    };
  }

  get length(): number {
    return this.arrays.nodesPerTree.length;
  }

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, an array a feature.
   * @returns an array a sum, with a number a row.
   */
  sums(codes: readonly Uint8Array[], nRows: number): Float64Array[] {
    const scorer = this.#ready();
    const { memory, manyRows, sums: sumsAt, score, scoreMany } = scorer;
    const sums = Array.from({ length: this.#nSums }, () => new Float64Array(nRows));
    for (let start = 0; start < nRows; start += manyRows.value) {
      const end = Math.min(start + manyRows.value, nRows);
      if (end - start < FEW_ROWS) {
        const few = codes.map((column) => column.subarray(start, end));
        score(this.#take(scorer, rowCodes(few), 0, end - start), this.#nSums);
      } else {
        takeColumns(scorer, codes, start, end);
        scoreMany(end - start, this.#nSums);
      }
      sums.forEach((sum, k) => {
        sum.set(new Float64Array(memory.buffer, sumsAt.value + 8 * k * manyRows.value, end - start), start);
      });
    }
    return sums;
  }

  /**
   * The leaf of one tree that each row falls into.
   *
   * @param rowCodes the rows, as `rowCodes` gives them.
   */
  leavesOf(tree: number, rowCodes: Uint8Array, nRows: number): Int32Array {
    const scorer = this.#ready();
    const { memory, BLOCK, leaves: leavesAt, findLeaves } = scorer;
    const leaves = new Int32Array(nRows);
    for (let start = 0; start < nRows; start += BLOCK.value) {
      const nTaken = this.#take(scorer, rowCodes, start, nRows);
      findLeaves(tree, nTaken);
      leaves.set(new Int32Array(memory.buffer, leavesAt.value, nTaken), start);
    }
    return leaves;
  }

  /** Copies the next block of rows to where they are scored; returns how many. */
  #take({ memory, BLOCK, rowCodes: codesAt }: Scorer, rowCodes: Uint8Array, start: number, nRows: number) {
    const end = Math.min(start + BLOCK.value, nRows);
    const stride = 2 * this.shape.nFeatures;
    new Uint8Array(memory.buffer, codesAt.value).set(rowCodes.subarray(start * stride, end * stride));
    return end - start;
  }

  /** A forest that is only saved needs no scorer. */
  #ready(): Scorer {
    this.#scorer ??= this.#makeScorer();
    return this.#scorer;
  }

  #makeScorer(): Scorer {
    const scorer = instantiate<Scorer>(TREE_SCORER);
    const { sets, leafValues, leafWeights } = this.arrays;
    const { nFeatures, nOutputs } = this.shape;
    scorer.setUp(
      this.#leafOfNode.length,
      this.length,
      sets.length / SET_WORDS,
      leafWeights.length,
      nOutputs,
      nFeatures,
      this.#nSums,
    );
    const { buffer } = scorer.memory;
    new Int32Array(buffer, scorer.nodes.value).set(this.#nodes);
    new Int32Array(buffer, scorer.leafOfNode.value).set(this.#leafOfNode);
    new Int32Array(buffer, scorer.roots.value).set(this.#roots);
    new Int32Array(buffer, scorer.sets.value).set(sets);
    new Float64Array(buffer, scorer.leafValues.value).set(leafValues);
    return scorer;
  }
}

/** Copies many rows to where they are scored, column by column: first with a missing value as the last bin, then as the first. */
function takeColumns(
  { memory, rowCodes: codesAt, manyRows: { value: width } }: Scorer,
  codes: readonly Uint8Array[],
  start: number,
  end: number,
): void {
  const to = new Uint8Array(memory.buffer, codesAt.value, 2 * codes.length * width);
  codes.forEach((column, j) => {
    const part = column.subarray(start, end);
    const at = (codes.length + j) * width;
    to.set(part, j * width);
    for (let row = 0; row < part.length; row++) to[at + row] = part[row] === MISSING_BIN ? 0 : part[row];
  });
}

function damaged(what: string): ChurnError {
  return new ChurnError('model-file', `the trees are damaged: ${what} cannot be right`);
}
