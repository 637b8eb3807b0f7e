import { mostThreads } from '../threads/most-threads.js';
import { plainTallEngine } from './plain-tall-engine.js';
import { sampleRows } from './row-sample.js';
import type { RowLoss, TallEngine, TallSizes } from './tall-engine.js';
import { wasmTallEngine } from './wasm-tall-engine.js';

/** The derivatives of a loss by the coefficients. */
export interface Derivatives {
  readonly gradient: Float64Array;
  /** The full symmetric matrix in row-major order, if asked for. */
  readonly hessian: Float64Array | undefined;
}

/** What a loss is taken of. */
export interface LossRows {
  /** The columns of X, without that of the intercept. */
  readonly columns: readonly Float64Array[];
  /** What is subtracted from each column before it is multiplied by its factor; by default columns are taken as they are. */
  readonly standardisation?: { readonly centres: readonly number[]; readonly factors: readonly number[] };
  readonly hasIntercept: boolean;
  /** What is added to the intercept; default 0. */
  readonly offset?: number;
  /** The class of each row, 0 or 1, or its value. */
  readonly y: Float64Array;
  /** The weight of each row; default 1 each. */
  readonly weights?: Float64Array | undefined;
}

export const LOGISTIC: RowLoss = { isTweedie: false, power: 0 };

/** Half the Tweedie deviance of a power from 1 to 2, if it is convex. */
export function tweedie(power: number): RowLoss {
  return { isTweedie: true, power };
}

/** From this many rows, and this many per coefficient, they are many. */
const TALL = 1000;
const ROWS_EACH = 20;
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
 * The derivatives of a smooth convex loss `Σ v_i loss(y_i, z_i)` of linear scores z = X w, for many rows and few columns: all are taken in
 * one pass over the rows, by several threads if there are many. To be closed.
 */
export class TallRows {
  /** How many rows there are. */
  readonly length: number;
  /** How many coefficients there are, the intercept included. */
  readonly size: number;
  readonly #loss: RowLoss;
  readonly #rows: LossRows;
  readonly #engine: TallEngine;
  #gradientAtZero: Float64Array | undefined;

  constructor(loss: RowLoss, rows: LossRows, nJobs: number | null = null) {
    this.length = rows.y.length;
    this.size = rows.columns.length + Number(rows.hasIntercept);
    this.#loss = loss;
    this.#rows = rows;
    const sizes = sizesOf(this.length, this.size);
    const nThreads = this.length * this.size < FEWEST_SHARED ? 1 : mostThreads(nJobs);
    this.#engine = wasmTallEngine(sizes, loss, nThreads) ?? plainTallEngine(sizes, loss);
    this.#load(sizes);
  }

  /** Whether there are many rows compared with coefficients, and few enough to be held twice. */
  static suits(nRows: number, size: number): boolean {
    const isTall = nRows >= TALL && nRows >= ROWS_EACH * size;
    return isTall && nRows * size * Float64Array.BYTES_PER_ELEMENT <= MOST_HELD_BYTES;
  }

  /** The gradient where all coefficients are 0. */
  get gradientAtZero(): Float64Array {
    // Fits of the same rows with other penalties share it.
    this.#gradientAtZero ??= this.at(new Float64Array(this.size), false).gradient;
    return this.#gradientAtZero;
  }

  /** The derivatives at these coefficients, of which the last is the intercept; the Hessian only if asked for. */
  at(w: Float64Array, withHessian: boolean): Derivatives {
    const engine = this.#engine;
    engine.coefficients.set(w);
    if (this.#rows.hasIntercept) engine.coefficients[this.size - 1] += this.#rows.offset ?? 0;
    engine.derive(withHessian);
    return {
      gradient: engine.gradient.slice(0, this.size),
      hessian: withHessian ? this.#symmetric() : undefined,
    };
  }

  /** The rows of a sample. */
  sample(): TallRows {
    const { columns, y, weights } = this.#rows;
    const rows = {
      ...this.#rows,
      columns: columns.map(sampleRows),
      y: sampleRows(y),
      weights: weights && sampleRows(weights),
    };
    return new TallRows(this.#loss, rows, 1);
  }

  /** Releases its other threads. */
  close(): void {
    this.#engine.close();
  }

  #load({ nColumns, nRows }: TallSizes): void {
    const { columns, hasIntercept, standardisation, y } = this.#rows;
    const { centres, factors } = standardisation ?? { centres: [], factors: [] };
    const { rows, targets, weights } = this.#engine;
    for (let from = 0, block = 0; from < this.length; from += nRows, block += nColumns * nRows) {
      const to = Math.min(from + nRows, this.length);
      columns.forEach((column, j) => {
        const at = block + j * nRows;
        if (standardisation) copyStandardised(column, from, to, rows, at, centres[j], factors[j]);
        else rows.set(column.subarray(from, to), at);
      });
      const intercept = block + columns.length * nRows;
      if (hasIntercept) rows.fill(1, intercept, intercept + nRows);
    }
    targets.set(y);
    if (this.#rows.weights) weights.set(this.#rows.weights);
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

/** Writes rows of a column, less its centre and times its factor, into an array. */
export function copyStandardised(
  column: Float64Array,
  from: number,
  to: number,
  target: Float64Array,
  at: number,
  centre: number,
  factor: number,
): void {
  for (let i = from, k = at; i < to; i++, k++) target[k] = factor * (column[i] - centre);
}

function sizesOf(length: number, size: number): TallSizes {
  const nColumns = 4 * Math.ceil(size / 4);
  // No power of two, since the rows of all columns would else compete for the same places of the cache.
  const nRows = 8 * (Math.floor(Math.max(64, Math.min(length / 8, BLOCK / nColumns)) / 8) | 1);
  const nBlocks = Math.ceil(length / nRows);
  const mostSums = Math.max(1, Math.floor(MOST_SUMS / (nColumns * nColumns)));
  return { nColumns, nRows, nBlocks, nPieces: Math.min(nBlocks, MOST_PIECES, mostSums) };
}
