import { mostThreads } from '../threads/most-threads.js';
import type { LogisticEngine, LogisticSizes } from './logistic-engine.js';
import { plainLogisticEngine } from './plain-logistic-engine.js';
import { sampleRows } from './row-sample.js';
import type { Derivatives, TallRows } from './tall-rows.js';
import { wasmLogisticEngine } from './wasm-logistic-engine.js';

/** Numbers of a block, which with its derivatives stays in the cache. */
const BLOCK = 2 ** 16;
/** Sums of their own have at most so many runs of blocks, with so many numbers in all. */
const MOST_PIECES = 32;
const MOST_SUMS = 2 ** 22;
/** With fewer numbers a fit is over before other threads have started. */
const FEWEST_SHARED = 1_000_000;
/** More rows are not held twice. */
const MOST_HELD_BYTES = 2 ** 31;

/**
 * The derivatives of the logistic loss `Σ v_i (log(1 + exp(z_i)) - y_i z_i)` with z = X w, for many rows and few columns: all are taken
 * in one pass over the rows, by several threads if there are many. To be closed.
 */
export class LogisticRows implements TallRows {
  readonly length: number;
  readonly size: number;
  readonly #columns: readonly Float64Array[];
  readonly #hasIntercept: boolean;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #engine: LogisticEngine;
  readonly gradientAtZero: Float64Array;

  /**
   * @param columns the columns of X, without that of the intercept.
   * @param y the class of each row, 0 or 1.
   * @param weights v, how much each row counts; 1 each where not given.
   */
  constructor(
    columns: readonly Float64Array[],
    hasIntercept: boolean,
    y: Float64Array,
    weights: Float64Array | undefined,
    nJobs: number | null = null,
  ) {
    this.length = y.length;
    this.size = columns.length + Number(hasIntercept);
    this.#columns = columns;
    this.#hasIntercept = hasIntercept;
    this.#y = y;
    this.#weights = weights;
    const sizes = sizesOf(this.length, this.size);
    const nThreads = this.length * this.size < FEWEST_SHARED ? 1 : mostThreads(nJobs);
    this.#engine = wasmLogisticEngine(sizes, nThreads) ?? plainLogisticEngine(sizes);
    this.#load(sizes);
    this.#engine.deriveAtZero();
    this.gradientAtZero = this.#engine.gradient.slice(0, this.size);
  }

  /** Whether this many rows of this many columns can be held. */
  static canHold(nRows: number, nColumns: number): boolean {
    return nRows * nColumns * Float64Array.BYTES_PER_ELEMENT <= MOST_HELD_BYTES;
  }

  /** The derivatives by the coefficients, of which the last is the intercept; the Hessian only if asked for. */
  at(w: Float64Array, withHessian: boolean): Derivatives {
    const engine = this.#engine;
    engine.coefficients.set(w);
    engine.derive(withHessian);
    return {
      gradient: engine.gradient.slice(0, this.size),
      hessian: withHessian ? this.#symmetric() : undefined,
    };
  }

  /** The rows of a sample. */
  sample(): LogisticRows {
    const weights = this.#weights && sampleRows(this.#weights);
    return new LogisticRows(
      this.#columns.map(sampleRows),
      this.#hasIntercept,
      sampleRows(this.#y),
      weights,
      1,
    );
  }

  /** Lets go of what other threads it has. */
  close(): void {
    this.#engine.close();
  }

  #load({ nColumns, nRows }: LogisticSizes): void {
    const { rows, targets, weights } = this.#engine;
    for (let from = 0, block = 0; from < this.length; from += nRows, block += nColumns * nRows) {
      const to = Math.min(from + nRows, this.length);
      this.#columns.forEach((column, j) => {
        rows.set(column.subarray(from, to), block + j * nRows);
      });
      const intercept = block + this.#columns.length * nRows;
      if (this.#hasIntercept) rows.fill(1, intercept, intercept + nRows);
    }
    targets.set(this.#y);
    if (this.#weights) weights.set(this.#weights);
    else weights.fill(1, 0, this.length);
  }

  #symmetric(): Float64Array {
    const { hessian, gradient } = this.#engine;
    const [p, width] = [this.size, gradient.length];
    const result = new Float64Array(p * p);
    for (let j = 0; j < p; j++) {
      for (let k = j; k < p; k++) {
        result[j * p + k] = hessian[j * width + k];
        result[k * p + j] = hessian[j * width + k];
      }
    }
    return result;
  }
}

function sizesOf(length: number, size: number): LogisticSizes {
  const nColumns = 4 * Math.ceil(size / 4);
  // No power of two, since the rows of all columns would else compete for the same places of the cache.
  const nRows = 8 * (Math.floor(Math.max(64, Math.min(length / 8, BLOCK / nColumns)) / 8) | 1);
  const nBlocks = Math.ceil(length / nRows);
  const mostSums = Math.max(1, Math.floor(MOST_SUMS / (nColumns * nColumns)));
  return { nColumns, nRows, nBlocks, nPieces: Math.min(nBlocks, MOST_PIECES, mostSums) };
}
