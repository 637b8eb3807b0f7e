import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';
import { plainGramEngine } from './plain-gram-engine.js';
import { wasmGramEngine } from './wasm-gram-engine.js';

/** The maximum number of values of a block, so that it stays in the cache. */
const BLOCK = 2 ** 13;

/** Feeds an engine with the rows of columns, block by block. */
export class GramBlocks {
  readonly engine: GramEngine;
  readonly #weights: Float64Array;
  readonly #nRows: number;

  /**
   * @param nLeft the number of columns on the left side.
   * @param nRight that on the right side.
   * @param weights one per row.
   */
  constructor(nLeft: number, nRight: number, weights: Float64Array) {
    const most = Math.max(64, BLOCK / Math.max(nLeft, nRight, WIDTH));
    // Not a power of two, since the rows of all columns would otherwise compete for the same cache lines.
    this.#nRows = 4 * (Math.floor(Math.min(most, weights.length) / 4) | 1);
    this.#weights = weights;
    const sizes: GramSizes = {
      nLeft: Math.ceil(nLeft / WIDTH),
      nRight: Math.ceil(nRight / WIDTH),
      nRows: this.#nRows,
    };
    this.engine = wasmGramEngine(sizes) ?? plainGramEngine(sizes);
  }

  /** Calls a function with the first row of each block, when its weights are loaded. */
  forEach(use: (from: number) => void): void {
    for (let from = 0; from < this.#weights.length; from += this.#nRows) {
      this.#copy(this.#weights, from, this.engine.weights, 0);
      use(from);
    }
  }

  /** Loads the rows of a block of the columns from the `j`th on, as many as a panel has, with their centres. */
  load(columns: readonly Float64Array[], j: number, from: number, centres?: ArrayLike<number>): void {
    const nColumns = Math.min(WIDTH, columns.length - j);
    for (let k = 0; k < nColumns; k++) {
      this.#copy(columns[j + k], from, this.engine.columns, k * this.#nRows);
      this.engine.centres[k] = centres?.[j + k] ?? 0;
    }
  }

  /** Copies the rows of a block; after the last row there are zeros. */
  #copy(values: Float64Array, from: number, target: Float64Array, at: number): void {
    const rows = values.subarray(from, from + this.#nRows);
    target.set(rows, at);
    if (rows.length < this.#nRows) target.fill(0, at + rows.length, at + this.#nRows);
  }
}
