import type { LogisticEngine } from './logistic-engine.js';
import { plainLogisticEngine } from './plain-logistic-engine.js';
import { sampleRows } from './row-sample.js';
import { wasmLogisticEngine } from './wasm-logistic-engine.js';

/** Numbers of a block, which with its derivatives stays in the cache. */
const BLOCK = 2 ** 16;

export interface Derivatives {
  readonly gradient: Float64Array;
  /** The gradient where all coefficients are 0. */
  readonly gradientAtZero: Float64Array;
  /** The full symmetric matrix in row-major order, where it was asked for. */
  readonly hessian: Float64Array | undefined;
}

/**
 * The derivatives of the logistic loss `Σ v_i (log(1 + exp(z_i)) - y_i z_i)` with z = X w, for many rows and few columns: all are taken
 * in one pass over the rows, of which nothing is kept.
 */
export class LogisticRows {
  readonly length: number;
  readonly size: number;
  readonly #columns: readonly Float64Array[];
  readonly #hasIntercept: boolean;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #nRows: number;
  readonly #engine: LogisticEngine;
  #gradientAtZero: Float64Array | undefined;

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
  ) {
    this.length = y.length;
    this.size = columns.length + Number(hasIntercept);
    this.#columns = columns;
    this.#hasIntercept = hasIntercept;
    this.#y = y;
    this.#weights = weights;
    const nColumns = 4 * Math.ceil(this.size / 4);
    // No power of two, since the rows of all columns would else compete for the same places of the cache.
    this.#nRows = 8 * (Math.floor(Math.max(64, Math.min(this.length / 8, BLOCK / nColumns)) / 8) | 1);
    const sizes = { nColumns, nRows: this.#nRows };
    this.#engine = wasmLogisticEngine(sizes) ?? plainLogisticEngine(sizes);
  }

  /** The derivatives by the coefficients, of which the last is the intercept; the Hessian only where asked for. */
  at(w: Float64Array, withHessian: boolean): Derivatives {
    const engine = this.#engine;
    engine.begin();
    engine.coefficients.set(w);
    for (let from = 0; from < this.length; from += this.#nRows) {
      this.#load(from);
      engine.addBlock(withHessian);
      if (!this.#gradientAtZero) engine.addBlockAtZero();
    }
    this.#gradientAtZero ??= engine.gradientAtZero.slice(0, this.size);
    return {
      gradient: engine.gradient.slice(0, this.size),
      gradientAtZero: this.#gradientAtZero,
      hessian: withHessian ? this.#symmetric() : undefined,
    };
  }

  /** The rows of a sample. */
  sample(): LogisticRows {
    const weights = this.#weights && sampleRows(this.#weights);
    return new LogisticRows(this.#columns.map(sampleRows), this.#hasIntercept, sampleRows(this.#y), weights);
  }

  /** Copies the rows from `from` on into the block. */
  #load(from: number): void {
    const { block, targets, weights } = this.#engine;
    const nRows = this.#nRows;
    const to = Math.min(from + nRows, this.length);
    this.#columns.forEach((column, j) => {
      block.set(column.subarray(from, to), j * nRows);
    });
    targets.set(this.#y.subarray(from, to));
    if (this.#weights) weights.set(this.#weights.subarray(from, to));
    else weights.fill(1);
    const intercept = this.#columns.length * nRows;
    if (this.#hasIntercept) block.fill(1, intercept, intercept + nRows);
    // Behind the last row there may be some of an earlier block.
    weights.fill(0, to - from);
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
