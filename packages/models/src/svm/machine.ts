import { ChurnError } from '@churn/core';
import { instantiate, MOST_BYTES, requireMemory, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { KERNELS, type Kernel } from './kernel.js';
import { SVM } from './svm.wasm.js';

/** What wasm/svm.ts exports. The numbers in globals are addresses in the memory. */
interface Module {
  readonly memory: WasmMemory;
  readonly rows: WasmGlobal;
  readonly point: WasmGlobal;
  readonly values: WasmGlobal;
  readonly diagonal: WasmGlobal;
  readonly members: WasmGlobal;
  readonly sides: WasmGlobal;
  readonly bounds: WasmGlobal;
  readonly alphas: WasmGlobal;
  readonly gradients: WasmGlobal;
  setUp(
    nRows: number,
    nFeatures: number,
    kernel: number,
    gamma: number,
    coef0: number,
    degree: number,
    maxSlots: number,
  ): void;
  prepare(): void;
  kernelWithPoint(): void;
  solve(nMembers: number, tolerance: number, maxSteps: number): number;
}

/** Which rows a machine is to tell apart. */
export interface TwoSides {
  /** The rows in it, each once. */
  readonly members: Int32Array;
  /** For each member 1 or -1. */
  readonly sides: Float64Array;
  /** For each member the largest dual coefficient, C times its weight; 0 for one that is only to be decided. */
  readonly bounds: Float64Array;
}

export interface Solution {
  /** The dual coefficient of each member, times its side. */
  readonly coefficients: Float64Array;
  /** `Σ coefficients K + intercept` of each member: above 0 on the side of 1. */
  readonly decisions: Float64Array;
  readonly intercept: number;
  /** The dual objective `½ αᵀQα - Σα`. */
  readonly objective: number;
  readonly steps: number;
  readonly converged: boolean;
}

/** Rows with a kernel between them: kernels with another row, and the dual problems of support vector machines. */
export class KernelRows {
  readonly #module: Module;
  readonly #nRows: number;
  readonly #nFeatures: number;

  /**
   * @param columns the rows, an array a feature.
   * @param cacheSizeMb how much memory kernel rows that are kept may take, for `solve`; at least two of them are.
   * @throws `invalid-data` where the kernel of a row with itself is beyond the largest single-precision number, or the rows do not
   *   fit into memory.
   */
  constructor(columns: readonly Float64Array[], { kernel, gamma, coef0, degree }: Kernel, cacheSizeMb = 0) {
    this.#nRows = columns[0].length;
    this.#nFeatures = columns.length;
    this.#module = instantiate<Module>(SVM);
    // A kernel row takes four bytes a row, and one more where rows that were set aside are left out of it.
    const slotBytes = 5 * (4 * Math.ceil(this.#nRows / 4));
    // The values; and a hundred bytes and some for what a machine knows of each row.
    const rowBytes = (this.#nRows + 3) * (8 * this.#nFeatures + 128);
    requireMemory(rowBytes + 2 * slotBytes);
    const room = Math.min(cacheSizeMb * 2 ** 20, MOST_BYTES - rowBytes);
    const maxSlots = Math.max(2, Math.min(this.#nRows, Math.floor(room / slotBytes)));
    const { setUp, prepare } = this.#module;
    setUp(this.#nRows, this.#nFeatures, KERNELS.indexOf(kernel), gamma, coef0, degree, maxSlots);
    const rows = new Float64Array(this.#module.memory.buffer, this.#module.rows.value);
    columns.forEach((column, j) => {
      for (let row = 0; row < this.#nRows; row++) {
        rows[((row >> 2) * this.#nFeatures + j) * 4 + (row & 3)] = column[row];
      }
    });
    prepare();
    const diagonal = new Float64Array(this.#module.memory.buffer, this.#module.diagonal.value, this.#nRows);
    if (!diagonal.every(Number.isFinite)) {
      throw new ChurnError(
        'invalid-data',
        'the values are too large to compute kernels with; scale the columns first',
      );
    }
  }

  /** How many bytes of memory are taken now. */
  get nBytes(): number {
    return this.#module.memory.buffer.byteLength;
  }

  /**
   * For each of `nPoints` further rows the sums `Σ_i weights_i K(row_i, point)`, an array for each array of weights.
   *
   * @param columns the further rows, an array a feature.
   */
  sums(columns: readonly Float64Array[], nPoints: number, weights: readonly Float64Array[]): Float64Array[] {
    const { memory, point: pointAt, values: valuesAt, kernelWithPoint } = this.#module;
    const point = new Float64Array(memory.buffer, pointAt.value, this.#nFeatures);
    const values = new Float64Array(memory.buffer, valuesAt.value, this.#nRows);
    const sums = weights.map(() => new Float64Array(nPoints));
    for (let row = 0; row < nPoints; row++) {
      for (let j = 0; j < columns.length; j++) point[j] = columns[j][row];
      kernelWithPoint();
      for (let k = 0; k < weights.length; k++) {
        const ofRows = weights[k];
        let sum = 0;
        for (let i = 0; i < values.length; i++) sum += ofRows[i] * values[i];
        sums[k][row] = sum;
      }
    }
    return sums;
  }

  /** Solves the dual problem of two sides, until no pair of rows violates optimality by more than `tolerance`. */
  solve({ members, sides, bounds }: TwoSides, tolerance: number, maxSteps: number): Solution {
    const module = this.#module;
    new Int32Array(module.memory.buffer, module.members.value).set(members);
    this.#scatter(module.sides, members, sides);
    this.#scatter(module.bounds, members, bounds);
    const steps = module.solve(members.length, tolerance, maxSteps);
    const alphas = this.#gather(module.alphas, members);
    const gradients = this.#gather(module.gradients, members);
    const intercept = -thresholdOf(sides, bounds, alphas, gradients);
    return {
      coefficients: alphas.map((alpha, k) => sides[k] * alpha),
      decisions: gradients.map((gradient, k) => sides[k] * (gradient + 1) + intercept),
      intercept,
      objective: alphas.reduce((sum, alpha, k) => sum + 0.5 * alpha * (gradients[k] - 1), 0),
      steps: Math.abs(steps),
      converged: steps >= 0,
    };
  }

  #scatter(at: WasmGlobal, members: Int32Array, values: Float64Array): void {
    const array = new Float64Array(this.#module.memory.buffer, at.value, this.#nRows);
    members.forEach((row, k) => {
      array[row] = values[k];
    });
  }

  #gather(at: WasmGlobal, members: Int32Array): Float64Array {
    const array = new Float64Array(this.#module.memory.buffer, at.value, this.#nRows);
    return Float64Array.from(members, (row) => array[row]);
  }
}

/**
 * What the decision is compared with: the mean of `side gradient` over the rows strictly between their bounds, where it is the same up to
 * the tolerance; without such rows the middle of what optimality allows (Chang and Lin, "LIBSVM", 2011, section 4.1.5).
 */
function thresholdOf(
  sides: Float64Array,
  bounds: Float64Array,
  alphas: Float64Array,
  gradients: Float64Array,
): number {
  let lowest = -Infinity;
  let highest = Infinity;
  let sum = 0;
  let nFree = 0;
  for (let k = 0; k < sides.length; k++) {
    if (bounds[k] === 0) continue;
    const value = sides[k] * gradients[k];
    const isAtZero = alphas[k] === 0;
    if (!isAtZero && alphas[k] < bounds[k]) {
      sum += value;
      nFree++;
    } else if (isAtZero === sides[k] > 0) highest = Math.min(highest, value);
    else lowest = Math.max(lowest, value);
  }
  return nFree > 0 ? sum / nFree : (lowest + highest) / 2;
}
