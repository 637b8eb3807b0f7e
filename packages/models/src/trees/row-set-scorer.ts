import ROW_SET_SCORER from '../../wasm/row-set-scorer.wasm';
import { type ThreadedExports, type Workplace, workplace } from '../threads/team.js';
import { addressOf } from '../wasm-module.js';
import { MISSING_BIN } from './bins.js';
import { rowSetProgram } from './row-set-program.js';
import type { TreeArrays, TreeShape } from './tree-arrays.js';

/** The size of a set of rows in bytes. */
const SET_BYTES = 32;

type Parameter =
  | 'nColumns'
  | 'nTrees'
  | 'nOutputs'
  | 'nSums'
  | 'binSetsLength'
  | 'valuesLength'
  | 'stepsLength'
  | 'nLefts'
  | 'maxNodes'
  | 'maxThreads';
type Address = 'codes' | 'isCompared' | 'binSets' | 'values' | 'steps' | 'sums';

/** The number of rows per block, and of blocks scored at a time. */
type Size = 'ROWS' | 'BLOCKS';

/** The exports of wasm/row-set-scorer.ts. */
interface Exports extends ThreadedExports<Parameter | Address | Size> {
  score(nBlocks: number): void;
}

/**
 * Scores many rows in blocks of `ROWS`. Sets of rows are bit sets with one bit per row. A node splits a whole block with two operations on
 * sets: the rows that reach it, and the rows whose bin sends them left. Many nodes compare the same column with the same bin, so the latter
 * are computed once per block. (Lucchese et al., "QuickScorer", SIGIR 2015, have one bit per leaf instead.)
 *
 * The cost grows with the number of nodes of a tree, instead of with its depth: it does not suit trees of many thousands of nodes.
 */
export class RowSetScorer {
  readonly #workplace: Workplace<Exports>;
  readonly #columns: readonly number[];
  readonly #nFeatures: number;

  /** @param maxThreads the maximum number of threads. */
  constructor(
    arrays: TreeArrays,
    shape: TreeShape,
    readonly maxThreads: number,
  ) {
    const { nFeatures, nOutputs, nSums = nOutputs } = shape;
    const { columns, isCompared, binSets, nLefts, values, steps } = rowSetProgram(arrays, shape, SET_BYTES);
    this.#workplace = workplace<Exports, Parameter>(
      ROW_SET_SCORER,
      {
        nColumns: columns.length,
        nTrees: arrays.nodesPerTree.length,
        nOutputs,
        nSums,
        binSetsLength: binSets.length,
        valuesLength: values.length,
        stepsLength: steps.length,
        nLefts,
        maxNodes: arrays.nodesPerTree.reduce((most, n) => Math.max(most, n), 0),
        maxThreads,
      },
      maxThreads > 1,
    );
    const { module } = this.#workplace;
    const { buffer } = module.memory;
    new Uint8Array(buffer, addressOf(module.isCompared)).set(isCompared);
    new Int32Array(buffer, addressOf(module.binSets)).set(binSets);
    new Float64Array(buffer, addressOf(module.values)).set(values);
    new Int32Array(buffer, addressOf(module.steps)).set(steps);
    this.#columns = columns;
    this.#nFeatures = nFeatures;
  }

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, one array per feature.
   * @param sums an array per sum, with one number per row; overwritten.
   */
  score(codes: readonly Uint8Array[], sums: readonly Float64Array[], nThreads: number): void {
    const close = this.#workplace.open(nThreads);
    try {
      const { ROWS, BLOCKS, score } = this.#workplace.module;
      const nRows = sums[0].length;
      for (let start = 0; start < nRows; start += ROWS.value * BLOCKS.value) {
        const end = Math.min(start + ROWS.value * BLOCKS.value, nRows);
        const nBlocks = Math.ceil((end - start) / ROWS.value);
        for (let block = 0; block < nBlocks; block++) this.#take(codes, start, block);
        score(nBlocks);
        for (let block = 0; block < nBlocks; block++) this.#give(sums, start, block);
      }
    } finally {
      close();
    }
  }

  /** Copies a block of rows into the memory of the module. */
  #take(codes: readonly Uint8Array[], first: number, block: number): void {
    const { memory, ROWS, codes: codesAt } = this.#workplace.module;
    const size = this.#columns.length * ROWS.value;
    const to = new Uint8Array(memory.buffer, addressOf(codesAt) + block * size, size);
    const start = first + block * ROWS.value;
    this.#columns.forEach((column, i) => {
      const at = i * ROWS.value;
      const part = codes[column % this.#nFeatures].subarray(start, start + ROWS.value);
      to.set(part, at);
      if (column < this.#nFeatures) return;
      for (let k = at; k < at + part.length; k++) if (to[k] === MISSING_BIN) to[k] = 0;
    });
  }

  /** Copies the sums of a block of rows from the memory of the module. */
  #give(sums: readonly Float64Array[], first: number, block: number): void {
    const { memory, ROWS, sums: sumsAt } = this.#workplace.module;
    const start = first + block * ROWS.value;
    const nRows = Math.min(ROWS.value, sums[0].length - start);
    sums.forEach((sum, k) => {
      const at = addressOf(sumsAt) + 8 * ROWS.value * (block * sums.length + k);
      sum.set(new Float64Array(memory.buffer, at, nRows), start);
    });
  }
}
