import { maxThreads } from '../threads/max-threads.js';
import { plainTallEngine } from './plain-tall-engine.js';
import type { RowLoss, TallEngine, TallSizes } from './tall-engine.js';
import { wasmTallEngine } from './wasm-tall-engine.js';

/** The derivatives of a loss with respect to the coefficients. */
export interface Derivatives {
  readonly gradient: Float64Array;
  /** The full symmetric matrix in row-major order, if requested. */
  readonly hessian: Float64Array | undefined;
}

/** The data of a loss. */
export interface LossRows {
  /** The columns of X, without the intercept. */
  readonly columns: readonly Float64Array[];
  /** What is subtracted from each column before it is multiplied by its factor; by default columns are unchanged. */
  readonly standardisation?: { readonly centres: readonly number[]; readonly factors: readonly number[] };
  readonly hasIntercept: boolean;
  /** A constant added to the intercept; default 0. */
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

/** The minimum number of rows, and of rows per coefficient, for this algorithm. */
const TALL = 1000;
const ROWS_EACH = 20;
/** The maximum number of values of a block, so that it stays in the cache together with its derivatives; for many columns, of its rows. */
const BLOCK = 2 ** 12;
const ROWS_OF_MANY = 72;
/** The number of blocks if there are few rows, so that blocks can be sampled; and the minimum number of their rows. */
const BLOCKS_OF_FEW = 256;
const MIN_ROWS = 40;
/** One block in this many is sampled, if these are enough. */
const SHARE = 8;
const MIN_SAMPLED = 4;
/** The maximum number of runs of blocks with separate sums, and of numbers in all of these sums. */
const MAX_PIECES = 32;
const MAX_SUMS = 2 ** 22;
/** With fewer values, a fit ends before other threads have started. */
const MIN_SHARED = 1_000_000;
/** The maximum number of values that are copied. */
const MAX_HELD_BYTES = 2 ** 31;

/** The derivatives of a smooth convex loss `Σ v_i loss(y_i, z_i)` of linear scores z = X w for some of the rows. */
export class RowDerivatives {
  /** The number of rows; of a sample, that of its blocks, of which the last may be shorter. */
  readonly length: number;
  /** The number of coefficients, including the intercept. */
  readonly size: number;
  readonly #step: number;
  #gradientAtZero: Float64Array | undefined;

  /** @param step the distance between blocks that are used. */
  constructor(
    protected readonly engine: TallEngine,
    protected readonly sizes: TallSizes,
    protected readonly rows: LossRows,
    step: number,
  ) {
    const { nBlocks, nRows } = sizes;
    const { length } = rows.y;
    this.length = step === 1 ? length : nTaken(nBlocks, step) * nRows;
    this.size = rows.columns.length + Number(rows.hasIntercept);
    this.#step = step;
  }

  /** The gradient at zero coefficients. */
  get gradientAtZero(): Float64Array {
    // It is shared by fits of the same rows with other penalties.
    this.#gradientAtZero ??= this.at(new Float64Array(this.size), false).gradient;
    return this.#gradientAtZero;
  }

  /** The derivatives at these coefficients, of which the last is the intercept; the Hessian only if requested. */
  at(w: Float64Array, withHessian: boolean): Derivatives {
    const { engine } = this;
    engine.coefficients.set(w);
    if (this.rows.hasIntercept) engine.coefficients[this.size - 1] += this.rows.offset ?? 0;
    engine.derive(withHessian, this.#step);
    return {
      gradient: engine.gradient.slice(0, this.size),
      hessian: withHessian ? this.#symmetric() : undefined,
    };
  }

  /** Those of about one row in `SHARE`, in blocks at equal distances; `undefined` if these would be too few. */
  sample(): RowDerivatives | undefined {
    const step = SHARE * this.#step;
    if (nTaken(this.sizes.nBlocks, step) < MIN_SAMPLED) return undefined;
    return new RowDerivatives(this.engine, this.sizes, this.rows, step);
  }

  #symmetric(): Float64Array {
    const { hessian, gradient } = this.engine;
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

/**
 * The derivatives for all of many rows and few columns, computed in one pass over the rows, by several threads if there are many. Must be
 * closed.
 */
export class TallRows extends RowDerivatives {
  constructor(loss: RowLoss, rows: LossRows, nJobs: number | null = null) {
    const { length } = rows.y;
    const size = rows.columns.length + Number(rows.hasIntercept);
    const sizes = sizesOf(length, size);
    const nThreads = length * size < MIN_SHARED ? 1 : maxThreads(nJobs);
    const engine = wasmTallEngine(sizes, loss, nThreads) ?? plainTallEngine(sizes, loss);
    super(engine, sizes, rows, 1);
    this.#load();
  }

  /** Whether there are many rows compared with coefficients, and few enough to be copied. */
  static suits(nRows: number, size: number): boolean {
    const isTall = nRows >= TALL && nRows >= ROWS_EACH * size;
    return isTall && nRows * size * Float64Array.BYTES_PER_ELEMENT <= MAX_HELD_BYTES;
  }

  /** Releases its other threads. */
  close(): void {
    this.engine.close();
  }

  #load(): void {
    const { nColumns, nRows } = this.sizes;
    const { columns, hasIntercept, standardisation, y } = this.rows;
    const { centres, factors } = standardisation ?? { centres: [], factors: [] };
    const { rows, targets, weights } = this.engine;
    for (let from = 0, block = 0; from < this.length; from += nRows, block += nColumns * nRows) {
      const to = Math.min(from + nRows, this.length);
      columns.forEach((column, j) => {
        const at = block + j * nRows;
        rows.set(column.subarray(from, to), at);
        if (standardisation) this.engine.standardise(at, to - from, centres[j], factors[j]);
      });
      const intercept = block + columns.length * nRows;
      if (hasIntercept) rows.fill(1, intercept, intercept + nRows);
    }
    targets.set(y);
    if (this.rows.weights) weights.set(this.rows.weights);
    else weights.fill(1, 0, this.length);
  }
}

/** The number of blocks if every `step`th is taken, from the middle of the first `step` on. */
function nTaken(nBlocks: number, step: number): number {
  return Math.ceil((nBlocks - (step >> 1)) / step);
}

function sizesOf(length: number, size: number): TallSizes {
  const nColumns = 4 * Math.ceil(size / 4);
  const most = Math.max(ROWS_OF_MANY, BLOCK / nColumns);
  const wanted = Math.max(MIN_ROWS, Math.min(most, length / BLOCKS_OF_FEW));
  // Not a power of two, since the rows of all columns would otherwise compete for the same cache lines.
  const nRows = 8 * (Math.floor(wanted / 8) | 1);
  const nBlocks = Math.ceil(length / nRows);
  const maxSums = Math.max(1, Math.floor(MAX_SUMS / (nColumns * nColumns)));
  return { nColumns, nRows, nBlocks, nPieces: Math.min(nBlocks, MAX_PIECES, maxSums) };
}
