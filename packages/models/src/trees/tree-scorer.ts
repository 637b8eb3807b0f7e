import TREE_SCORER from '../../wasm/tree-scorer.wasm';
import { maxThreads } from '../threads/max-threads.js';
import { type ThreadedExports, type Workplace, workplace } from '../threads/team.js';
import { addressOf, compiles } from '../wasm-module.js';
import { rowCodes } from './binning.js';
import type { LinkedTrees } from './linked-trees.js';
import { RowSetScorer } from './row-set-scorer.js';
import { SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';

/** With more nodes per tree, scoring row by row is faster than by sets (measured with trees of 400 to 25,000 nodes). */
const MAX_NODES_FOR_SETS = 4096;
/** Creating a scorer by sets takes about as long as it saves for this many rows, in total and per node of a tree. */
const MIN_SCORED_FOR_SETS = 4000;
const MIN_SCORED_PER_NODE = 4;
/** A set has room for 256 rows and takes the same time if it is mostly empty. */
const MIN_ROWS_FOR_SETS = 64;
/** Less work is done before other threads join: rows times trees if scored one by one, rows times nodes by sets. */
const MIN_SHARED_PATHS = 200_000;
const MIN_SHARED_NODES = 200_000_000;
/** The minimum number of rows that a thread takes at a time. */
const MIN_TAKEN = 256;

type Parameter = 'nNodes' | 'nTrees' | 'nSets' | 'nLeaves' | 'nOutputs' | 'nFeatures' | 'nSums';
type Address = 'nodes' | 'leafOfNode' | 'roots' | 'sets' | 'leafValues' | 'rowCodes' | 'leaves' | 'sums';

/** The exports of wasm/tree-scorer.ts; `blockRows` is the number of rows per call. */
interface Module extends ThreadedExports<Parameter | Address | 'blockRows'> {
  score(nRows: number, pieceRows: number): void;
  findLeaves(tree: number, first: number, last: number): void;
}

/** Scores rows in WebAssembly: by sets of rows or one by one, whichever is faster. */
export class TreeScorer {
  #made: Workplace<Module> | undefined;
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
   * @param codes the bin of each row, one array per feature.
   * @param sums an array per sum, with one number per row; overwritten.
   */
  score(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const nRows = sums[0].length;
    this.#nScored += nRows;
    const { columns, nodesPerTree } = this.arrays;
    const nNodes = columns.length / nodesPerTree.length;
    const areForSets =
      nNodes <= MAX_NODES_FOR_SETS &&
      nRows >= Math.max(MIN_ROWS_FOR_SETS, nNodes / 10) &&
      this.#nScored >= Math.max(MIN_SCORED_FOR_SETS, MIN_SCORED_PER_NODE * nNodes);
    if (areForSets) {
      const nThreads = nRows * columns.length < MIN_SHARED_NODES ? 1 : maxThreads();
      if (!this.#rowSets || nThreads > this.#rowSets.maxThreads) {
        this.#rowSets = new RowSetScorer(this.arrays, this.shape, nThreads);
      }
      this.#rowSets.score(codes, sums, nThreads);
    } else {
      const nThreads = nRows * nodesPerTree.length < MIN_SHARED_PATHS ? 1 : maxThreads();
      this.#scoreOneByOne(codes, sums, nThreads);
    }
  }

  #scoreOneByOne(codes: readonly Uint8Array[], sums: readonly Float64Array[], nThreads: number): void {
    const { module, open } = this.#workplace(nThreads > 1);
    const { memory, blockRows, sums: sumsAt, score } = module;
    const nRows = sums[0].length;
    const close = open(nThreads);
    try {
      for (let start = 0; start < nRows; start += blockRows.value) {
        const end = Math.min(start + blockRows.value, nRows);
        // Creating a view costs more than scoring a row.
        const isWhole = start === 0 && end === nRows;
        const taken = isWhole ? codes : codes.map((column) => column.subarray(start, end));
        this.#take(module, rowCodes(taken));
        // Loading a tree of many nodes into a thread's cache only pays for many rows.
        score(end - start, Math.max(MIN_TAKEN, Math.ceil((end - start) / (2 * nThreads))));
        sums.forEach((sum, k) => {
          const at = addressOf(sumsAt) + 8 * k * blockRows.value;
          sum.set(new Float64Array(memory.buffer, at, end - start), start);
        });
      }
    } finally {
      close();
    }
  }

  /**
   * The leaf of one tree that each row falls into.
   *
   * @param codes the rows, as returned by `rowCodes`.
   */
  leavesOf(tree: number, codes: Uint8Array, nRows: number): Int32Array {
    const { module } = this.#workplace(false);
    const { memory, blockRows, leaves: leavesAt, findLeaves } = module;
    const stride = 2 * this.shape.nFeatures;
    const leaves = new Int32Array(nRows);
    for (let start = 0; start < nRows; start += blockRows.value) {
      const end = Math.min(start + blockRows.value, nRows);
      this.#take(module, codes.subarray(start * stride, end * stride));
      findLeaves(tree, 0, end - start);
      leaves.set(new Int32Array(memory.buffer, addressOf(leavesAt), end - start), start);
    }
    return leaves;
  }

  /** Copies a block of rows into the memory of the module. */
  #take({ memory, rowCodes: codesAt }: Module, rowCodes: Uint8Array): void {
    new Uint8Array(memory.buffer, addressOf(codesAt)).set(rowCodes);
  }

  /** The trees in a memory that other threads can share. */
  #workplace(isShared: boolean): Workplace<Module> {
    if (!this.#made || (isShared && !this.#made.isShared)) this.#made = this.#make(isShared);
    return this.#made;
  }

  #make(isShared: boolean): Workplace<Module> {
    const { nodesPerTree, sets, leafValues, leafWeights } = this.arrays;
    const { nodes, leafOfNode, roots } = this.linked;
    const { nFeatures, nOutputs, nSums = nOutputs } = this.shape;
    const made = workplace<Module, Parameter>(
      TREE_SCORER,
      {
        nNodes: leafOfNode.length,
        nTrees: nodesPerTree.length,
        nSets: sets.length / SET_WORDS,
        nLeaves: leafWeights.length,
        nOutputs,
        nFeatures,
        nSums,
      },
      isShared,
    );
    const { module } = made;
    const { buffer } = module.memory;
    new Int32Array(buffer, addressOf(module.nodes)).set(nodes);
    new Int32Array(buffer, addressOf(module.leafOfNode)).set(leafOfNode);
    new Int32Array(buffer, addressOf(module.roots)).set(roots);
    new Int32Array(buffer, addressOf(module.sets)).set(sets);
    new Float64Array(buffer, addressOf(module.leafValues)).set(leafValues);
    return made;
  }
}
