import { ChurnError, type JsonObject, type NumberRange, packArray, type StateReader } from '@churn/core';
import { instantiate, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { rowCodes } from './binning.js';
import { MISSING_BIN } from './bins.js';
import { RowSetScorer } from './row-set-scorer.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';
import { TREE_SCORER } from './tree-scorer.wasm.js';

/** Fewer rows go down the trees one by one. */
const FEW_ROWS = 256;

/** With more nodes it is faster to look at each row than at each node (measured with trees of 400 to 25,000). */
const MOST_NODES_FOR_SETS = 4096;
/** A scorer by sets takes about as long to make as it saves for so many rows. */
const FEWEST_SCORED_FOR_SETS = 2000;
/** Sets have room for 256 rows, and take their time even where most of it is empty. */
const FEWEST_ROWS_FOR_SETS = 64;

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

const NODES_PER_TREE = 'numbers from 1 that add up to that of all nodes';
const COLUMNS = 'columns of the features, or leaves, such that each tree ends in leaves';

/** Fitted trees, ready to score rows. */
export class TreeList {
  readonly #nSums: number;
  /** Two numbers a node, its leaf or feature, and the roots, as wasm/tree-scorer.ts wants them. */
  readonly #nodes: Int32Array;
  readonly #leafOfNode: Int32Array;
  readonly #roots: Int32Array;
  #scorer: Scorer | undefined;
  #rowSets: RowSetScorer | undefined;
  #nScored = 0;

  /**
   * @param owner whose trees they are, for messages.
   * @throws `model-file` where the arrays are not those of trees of this shape.
   */
  constructor(
    readonly arrays: TreeArrays,
    readonly shape: TreeShape,
    owner = 'trees',
  ) {
    const damaged = (field: keyof TreeArrays, expected: string) =>
      new ChurnError('model-file', `${owner}: the trees are damaged: expected "${field}" to be ${expected}`);
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
      if (end <= start || end > columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
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
        if (column >= 2 * nFeatures || left <= node || left + 1 >= end) throw damaged('columns', COLUMNS);
        const hasSet = isCategory(column % nFeatures);
        this.#nodes[2 * node] = hasSet ? -1 - nSets++ : (column << 8) | bins[node];
        this.#nodes[2 * node + 1] = 8 * left;
        if (hasSet) this.#leafOfNode[node] = column % nFeatures;
      }
      if (end - start !== 2 * nInner + 1) throw damaged('columns', COLUMNS);
    }
    if (node !== columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
    if (bins.length !== node) throw damaged('bins', 'a number a node');
    if (sets.length !== SET_WORDS * nSets) throw damaged('sets', 'one for each node of a category');
    if (leafValues.length !== nOutputs * nLeaves || !leafValues.every(Number.isFinite)) {
      throw damaged('leafValues', `${nOutputs} numbers a leaf`);
    }
    const areWeights = leafWeights.every((weight) => weight >= 0 && weight < Infinity);
    if (leafWeights.length !== nLeaves || !areWeights) throw damaged('leafWeights', 'a number from 0 a leaf');
  }

  /**
   * @param values where the values of leaves may lie.
   * @throws `model-file` where the state is not that of trees.
   */
  static restore(state: StateReader, shape: TreeShape, values: NumberRange = {}): TreeList {
    const arrays: TreeArrays = {
      columns: state.packed('columns', Uint16Array),
      bins: state.packed('bins', Uint8Array),
      sets: state.packed('sets', Int32Array),
      nodesPerTree: state.packed('nodesPerTree', Int32Array),
      leafValues: state.packed('leafValues', Float64Array, values),
      leafWeights: state.packed('leafWeights', Float32Array),
    };
    return new TreeList(arrays, shape, state.owner);
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
    const sums = Array.from({ length: this.#nSums }, () => new Float64Array(nRows));
    this.#nScored += nRows;
    const nodesPerTree = this.#leafOfNode.length / this.length;
    const areForSets =
      nodesPerTree <= MOST_NODES_FOR_SETS &&
      nRows >= Math.max(FEWEST_ROWS_FOR_SETS, nodesPerTree / 10) &&
      this.#nScored >= FEWEST_SCORED_FOR_SETS;
    if (areForSets) {
      this.#rowSets ??= new RowSetScorer(this.arrays, this.shape);
      this.#rowSets.score(codes, sums);
    } else {
      this.#scoreApart(codes, sums);
    }
    return sums;
  }

  /** Scores rows that go down the trees one by one, or parted by each node. */
  #scoreApart(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const scorer = this.#ready();
    const { memory, manyRows, sums: sumsAt, score, scoreMany } = scorer;
    const nRows = sums[0].length;
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
