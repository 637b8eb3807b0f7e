import TREE_SCORER from '../../wasm/tree-scorer.wasm';
import { addressOf, compiles, instantiate, setParameters, type WasmExports } from '../wasm-module.js';
import { rowCodes } from './binning.js';
import { MISSING_BIN } from './bins.js';
import type { LinkedTrees } from './linked-trees.js';
import { RowSetScorer } from './row-set-scorer.js';
import { SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';

/** Fewer rows go down the trees one by one. */
const FEW_ROWS = 256;

/** With more nodes it is faster to look at each row than at each node (measured with trees of 400 to 25,000). */
const MOST_NODES_FOR_SETS = 4096;
/** A scorer by sets takes about as long to make as it saves for so many rows, and for so many a node of a tree. */
const FEWEST_SCORED_FOR_SETS = 2000;
const FEWEST_SCORED_PER_NODE = 4;
/** Sets have room for 256 rows, and take their time even where most of it is empty. */
const FEWEST_ROWS_FOR_SETS = 64;

type Parameter = 'nNodes' | 'nTrees' | 'nSets' | 'nLeaves' | 'nOutputs' | 'nFeatures' | 'nSums';
type Address = 'nodes' | 'leafOfNode' | 'roots' | 'sets' | 'leafValues' | 'rowCodes' | 'leaves' | 'sums';

/** What wasm/tree-scorer.ts exports; `BLOCK` and `manyRows` are how many rows it takes at a time. */
interface Module extends WasmExports<Parameter | Address | 'BLOCK' | 'manyRows'> {
  setUp(): void;
  score(nRows: number): void;
  scoreMany(nRows: number): void;
  findLeaves(tree: number, nRows: number): void;
}

/** Scores rows in WebAssembly: by sets of rows, parted by each node, or one by one, whichever is the fastest. */
export class TreeScorer {
  #made: Module | undefined;
  #rowSets: RowSetScorer | undefined;
  #nScored = 0;

  constructor(
    readonly arrays: TreeArrays,
    readonly linked: LinkedTrees,
    readonly shape: TreeShape,
  ) {}

  static get isSupported(): boolean {
    return compiles(TREE_SCORER);
  }

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, an array a feature.
   * @param sums an array a sum, with a number a row, which are set.
   */
  score(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const nRows = sums[0].length;
    this.#nScored += nRows;
    const nodesPerTree = this.arrays.columns.length / this.arrays.nodesPerTree.length;
    const areForSets =
      nodesPerTree <= MOST_NODES_FOR_SETS &&
      nRows >= Math.max(FEWEST_ROWS_FOR_SETS, nodesPerTree / 10) &&
      this.#nScored >= Math.max(FEWEST_SCORED_FOR_SETS, FEWEST_SCORED_PER_NODE * nodesPerTree);
    if (areForSets) {
      this.#rowSets ??= new RowSetScorer(this.arrays, this.shape);
      this.#rowSets.score(codes, sums);
    } else {
      this.#scoreApart(codes, sums);
    }
  }

  /** Scores rows that go down the trees one by one, or parted by each node. */
  #scoreApart(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const module = this.#module();
    const { memory, manyRows, sums: sumsAt, score, scoreMany } = module;
    const nRows = sums[0].length;
    for (let start = 0; start < nRows; start += manyRows.value) {
      const end = Math.min(start + manyRows.value, nRows);
      if (end - start < FEW_ROWS) {
        // A view costs more than scoring a row does.
        const few = nRows < FEW_ROWS ? codes : codes.map((column) => column.subarray(start, end));
        score(this.#take(module, rowCodes(few), 0, end - start));
      } else {
        takeColumns(module, codes, start, end);
        scoreMany(end - start);
      }
      sums.forEach((sum, k) => {
        sum.set(
          new Float64Array(memory.buffer, addressOf(sumsAt) + 8 * k * manyRows.value, end - start),
          start,
        );
      });
    }
  }

  /**
   * The leaf of one tree that each row falls into.
   *
   * @param codes the rows, as `rowCodes` gives them.
   */
  leavesOf(tree: number, codes: Uint8Array, nRows: number): Int32Array {
    const module = this.#module();
    const { memory, BLOCK, leaves: leavesAt, findLeaves } = module;
    const leaves = new Int32Array(nRows);
    for (let start = 0; start < nRows; start += BLOCK.value) {
      const nTaken = this.#take(module, codes, start, nRows);
      findLeaves(tree, nTaken);
      leaves.set(new Int32Array(memory.buffer, addressOf(leavesAt), nTaken), start);
    }
    return leaves;
  }

  /** Copies the next block of rows to where they are scored; returns how many. */
  #take({ memory, BLOCK, rowCodes: codesAt }: Module, rowCodes: Uint8Array, start: number, nRows: number) {
    const end = Math.min(start + BLOCK.value, nRows);
    const stride = 2 * this.shape.nFeatures;
    new Uint8Array(memory.buffer, addressOf(codesAt)).set(rowCodes.subarray(start * stride, end * stride));
    return end - start;
  }

  #module(): Module {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): Module {
    const module = instantiate<Module>(TREE_SCORER);
    const { nodesPerTree, sets, leafValues, leafWeights } = this.arrays;
    const { nodes, leafOfNode, roots } = this.linked;
    const { nFeatures, nOutputs, nSums = nOutputs } = this.shape;
    setParameters<Parameter>(module, {
      nNodes: leafOfNode.length,
      nTrees: nodesPerTree.length,
      nSets: sets.length / SET_WORDS,
      nLeaves: leafWeights.length,
      nOutputs,
      nFeatures,
      nSums,
    });
    module.setUp();
    const { buffer } = module.memory;
    new Int32Array(buffer, addressOf(module.nodes)).set(nodes);
    new Int32Array(buffer, addressOf(module.leafOfNode)).set(leafOfNode);
    new Int32Array(buffer, addressOf(module.roots)).set(roots);
    new Int32Array(buffer, addressOf(module.sets)).set(sets);
    new Float64Array(buffer, addressOf(module.leafValues)).set(leafValues);
    return module;
  }
}

/** Copies many rows to where they are scored, column by column: first with a missing value as the last bin, then as the first. */
function takeColumns(
  { memory, rowCodes: codesAt, manyRows: { value: width } }: Module,
  codes: readonly Uint8Array[],
  start: number,
  end: number,
): void {
  const to = new Uint8Array(memory.buffer, addressOf(codesAt), 2 * codes.length * width);
  codes.forEach((column, j) => {
    const part = column.subarray(start, end);
    const at = (codes.length + j) * width;
    to.set(part, j * width);
    for (let row = 0; row < part.length; row++) to[at + row] = part[row] === MISSING_BIN ? 0 : part[row];
  });
}
