import ROW_SET_SCORER from '../../wasm/row-set-scorer.wasm';
import { addressOf, instantiate, setParameters, type WasmExports } from '../wasm-module.js';
import { MISSING_BIN } from './bins.js';
import { rowSetProgram } from './row-set-program.js';
import type { TreeArrays, TreeShape } from './tree-arrays.js';

type Parameter =
  | 'nColumns'
  | 'nTrees'
  | 'nOutputs'
  | 'nSums'
  | 'binSetsLength'
  | 'valuesLength'
  | 'stepsLength'
  | 'nLefts'
  | 'mostNodes';
type Address = 'codes' | 'isCompared' | 'binSets' | 'values' | 'steps' | 'sums';

/** What wasm/row-set-scorer.ts exports; `ROWS` and `SET` are the rows and the bytes of a set. */
interface Exports extends WasmExports<Parameter | Address | 'ROWS' | 'SET'> {
  setUp(): void;
  score(): void;
}

/**
 * Scores many rows, `ROWS` at a time. A node parts a whole block with two operations, those of sets of rows with a bit a row:
 * the rows that come to it, and those whose bin lets them go left. Many nodes compare the same column with the same bin, so that
 * these sets are found once a block. (With a bit a leaf in place of a row: Lucchese et al., "QuickScorer", SIGIR 2015.)
 *
 * The cost grows with the nodes of a tree, that of taking each row down with its depth: trees of many thousands of nodes are not for it.
 */
export class RowSetScorer {
  readonly #exports: Exports;
  readonly #columns: readonly number[];
  readonly #nFeatures: number;

  constructor(arrays: TreeArrays, shape: TreeShape) {
    const { nFeatures, nOutputs, nSums = nOutputs } = shape;
    const exports = instantiate<Exports>(ROW_SET_SCORER);
    const program = rowSetProgram(arrays, shape, exports.SET.value);
    const { columns, isCompared, binSets, nLefts, values, steps } = program;
    setParameters<Parameter>(exports, {
      nColumns: columns.length,
      nTrees: arrays.nodesPerTree.length,
      nOutputs,
      nSums,
      binSetsLength: binSets.length,
      valuesLength: values.length,
      stepsLength: steps.length,
      nLefts,
      mostNodes: arrays.nodesPerTree.reduce((most, n) => Math.max(most, n), 0),
    });
    exports.setUp();
    const { buffer } = exports.memory;
    new Uint8Array(buffer, addressOf(exports.isCompared)).set(isCompared);
    new Int32Array(buffer, addressOf(exports.binSets)).set(binSets);
    new Float64Array(buffer, addressOf(exports.values)).set(values);
    new Int32Array(buffer, addressOf(exports.steps)).set(steps);
    this.#exports = exports;
    this.#columns = columns;
    this.#nFeatures = nFeatures;
  }

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, an array a feature.
   * @param sums an array a sum, with a number a row, which are set.
   */
  score(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const { memory, ROWS, codes: codesAt, sums: sumsAt, score } = this.#exports;
    const { buffer } = memory;
    const to = new Uint8Array(buffer, addressOf(codesAt), this.#columns.length * ROWS.value);
    const nRows = sums[0].length;
    for (let start = 0; start < nRows; start += ROWS.value) {
      const end = Math.min(start + ROWS.value, nRows);
      this.#columns.forEach((column, i) => {
        const at = i * ROWS.value;
        to.set(codes[column % this.#nFeatures].subarray(start, end), at);
        if (column < this.#nFeatures) return;
        for (let k = at; k < at + end - start; k++) if (to[k] === MISSING_BIN) to[k] = 0;
      });
      score();
      sums.forEach((sum, k) => {
        sum.set(new Float64Array(buffer, addressOf(sumsAt) + 8 * k * ROWS.value, end - start), start);
      });
    }
  }
}
