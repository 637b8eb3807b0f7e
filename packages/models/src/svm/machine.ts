import { ChurnError } from '@churn/core';
import SVM from '../../wasm/svm.wasm';
import {
  addressOf,
  instantiate,
  MAX_BYTES,
  requireMemory,
  setParameters,
  type WasmExports,
  type WasmGlobal,
} from '../wasm-module.js';
import { type Kernel, middlesFor } from './kernel.js';
import { type KernelNumber, type KernelParameter, kernelParameters } from './kernel-parameters.js';

type Parameter = 'nRows' | 'nFeatures' | 'maxSlots' | 'isTwice' | KernelParameter;
type Address = 'rows' | 'diagonal' | 'members' | 'sides' | 'costs' | 'bounds' | 'alphas' | 'gradients';

/** The exports of wasm/svm.ts. */
interface Module extends WasmExports<Parameter | KernelNumber | Address> {
  setUp(): void;
  prepare(): void;
  solve(nMembers: number, tolerance: number, maxSteps: number): number;
}

/** The rows of two classes that a machine separates. */
export interface TwoSides {
  /** The indices of the rows, each at most once. */
  readonly members: Int32Array;
  /** 1 or -1 for each member. */
  readonly sides: Float64Array;
  /** The largest dual coefficient of each member, C times its weight; 0 for a row that only gets a decision. */
  readonly bounds: Float64Array;
}

/** The regression problem of a machine. */
export interface Tube {
  /** The target value of each row. */
  readonly amounts: Float64Array;
  /** The largest absolute dual coefficient of each row, C times its weight. */
  readonly bounds: Float64Array;
  /** The largest error at no cost. */
  readonly epsilon: number;
}

export interface Solution {
  /** The dual coefficient of each member times its side; for a tube, of each row. */
  readonly coefficients: Float64Array;
  /** `Σ coefficients K + intercept` for each member, above 0 on side 1; for a tube, for each row. */
  readonly decisions: Float64Array;
  readonly intercept: number;
  /** The dual objective: `½ αᵀQα - Σα`, or for a tube with coefficients β `½ βᵀKβ + ε Σ|β| - Σ yβ`. */
  readonly objective: number;
  readonly steps: number;
  readonly converged: boolean;
}

/** `min ½ αᵀQα + Σ costs α` with `0 <= α <= bounds` and `Σ sides α = 0`, and `Q_ij = sides_i sides_j K_ij`. */
interface Dual extends TwoSides {
  readonly costs: Float64Array;
}

/** An unused instance, kept since memory that was touched before is much faster to write to. */
let idle: WeakRef<Module> | undefined;

function idleModule(maxBytes: number): Module | undefined {
  const module = idle?.deref();
  idle = undefined;
  return module && module.memory.buffer.byteLength <= maxBytes ? module : undefined;
}

/** The number of interleaved rows. */
const WIDTH = 16;

/** Rows with a kernel, and solvers for the dual problems of support vector machines on them. */
export class KernelRows {
  readonly #module: Module;
  /** The largest number of members: two per row for tubes. */
  readonly #nNumbers: number;

  /**
   * @param columns the rows, one array per feature.
   * @param cacheSizeMb the memory for cached kernel rows, in MiB; at least two rows are cached.
   * @param forTubes whether `solveTube` will be called instead of `solve`.
   * @throws `invalid-data` if a value, or the kernel of a row with itself, is beyond the largest single-precision number, or the rows do
   * not fit into memory.
   */
  constructor(columns: readonly Float64Array[], kernel: Kernel, cacheSizeMb = 0, forTubes = false) {
    const nRows = columns[0].length;
    const nFeatures = columns.length;
    // A kernel row takes four bytes per row, and one more if shrinking has left rows out of it.
    const nPadded = WIDTH * Math.ceil(nRows / WIDTH);
    const slotBytes = (forTubes ? 6 : 5) * nPadded;
    this.#nNumbers = forTubes ? 2 * nPadded : nPadded;
    // The values, and somewhat more than a hundred bytes of working state per row, or per member of a tube.
    const rowBytes = nPadded * (4 * nFeatures + 40) + this.#nNumbers * 130;
    requireMemory(rowBytes + 2 * slotBytes);
    const room = Math.min(cacheSizeMb * 2 ** 20, MAX_BYTES - rowBytes);
    const maxSlots = Math.max(2, Math.min(nRows, Math.floor(room / slotBytes)));
    this.#module = idleModule(rowBytes + room) ?? instantiate<Module>(SVM);
    const { setUp, prepare } = this.#module;
    const parameters = kernelParameters(this.#module, kernel);
    setParameters<Parameter>(this.#module, {
      nRows,
      nFeatures,
      maxSlots,
      isTwice: forTubes,
      ...parameters,
    });
    setUp();
    const rows = new Float32Array(this.#module.memory.buffer, addressOf(this.#module.rows));
    const middles = middlesFor(kernel.kernel, columns);
    // With columns so scaled, the kernel takes squared distances directly.
    const scale = kernel.kernel === 'rbf' ? Math.sqrt(kernel.gamma) : 1;
    columns.forEach((column, j) => {
      const middle = middles[j];
      for (let row = 0; row < nRows; row++) {
        const at = (Math.floor(row / WIDTH) * nFeatures + j) * WIDTH + (row % WIDTH);
        rows[at] = (column[row] - middle) * scale;
      }
    });
    prepare();
    const diagonal = new Float32Array(this.#module.memory.buffer, addressOf(this.#module.diagonal), nRows);
    if (!diagonal.every(Number.isFinite)) {
      throw new ChurnError(
        'invalid-data',
        'the values are too large to compute kernels with; scale the columns first',
      );
    }
  }

  /** The memory in use, in bytes. */
  get nBytes(): number {
    return this.#module.memory.buffer.byteLength;
  }

  /** Releases the memory for reuse. Call it last. */
  release(): void {
    idle = new WeakRef(this.#module);
  }

  /** Solves the dual problem of two classes, until no pair of rows violates optimality by more than `tolerance`. */
  solve({ members, sides, bounds }: TwoSides, tolerance: number, maxSteps: number): Solution {
    const costs = new Float64Array(members.length).fill(-1);
    const { alphas, gradients, ...solved } = this.#solve(
      { members, sides, bounds, costs },
      tolerance,
      maxSteps,
    );
    return {
      ...solved,
      coefficients: alphas.map((alpha, k) => sides[k] * alpha),
      decisions: gradients.map((gradient, k) => sides[k] * (gradient + 1) + solved.intercept),
    };
  }

  /**
   * Solves the dual problem of a tube. Each row has two members, one for the positive and one for the negative part of its coefficient
   * (Smola and Schölkopf, "A tutorial on support vector regression", 2004).
   */
  solveTube({ amounts, bounds, epsilon }: Tube, tolerance: number, maxSteps: number): Solution {
    const nPadded = this.#nNumbers / 2;
    // Bounds of 0 exclude the padding.
    const twice = (value: (row: number, side: number) => number) =>
      Float64Array.from({ length: this.#nNumbers }, (_, member) => {
        const row = member % nPadded;
        return row < amounts.length ? value(row, member < nPadded ? 1 : -1) : 0;
      });
    const members = Int32Array.from({ length: this.#nNumbers }, (_, member) => member);
    const sides = Float64Array.from(members, (member) => (member < nPadded ? 1 : -1));
    const costs = twice((row, side) => epsilon - side * amounts[row]);
    const dual = { members, sides, costs, bounds: twice((row) => bounds[row]) };
    const { alphas, gradients, ...solved } = this.#solve(dual, tolerance, maxSteps);
    return {
      ...solved,
      coefficients: bounds.map((_, row) => alphas[row] - alphas[nPadded + row]),
      decisions: bounds.map((_, row) => gradients[row] - costs[row] + solved.intercept),
    };
  }

  #solve({ members, sides, costs, bounds }: Dual, tolerance: number, maxSteps: number) {
    const module = this.#module;
    new Int32Array(module.memory.buffer, addressOf(module.members)).set(members);
    this.#scatter(module.sides, members, sides);
    this.#scatter(module.costs, members, costs);
    this.#scatter(module.bounds, members, bounds);
    const steps = module.solve(members.length, tolerance, maxSteps);
    const alphas = this.#gather(module.alphas, members);
    const gradients = this.#gather(module.gradients, members);
    return {
      alphas,
      gradients,
      intercept: -thresholdOf(sides, bounds, alphas, gradients),
      objective: alphas.reduce((sum, alpha, k) => sum + 0.5 * alpha * (gradients[k] + costs[k]), 0),
      steps: Math.abs(steps),
      converged: steps >= 0,
    };
  }

  #scatter(at: WasmGlobal, members: Int32Array, values: Float64Array): void {
    const array = new Float64Array(this.#module.memory.buffer, addressOf(at), this.#nNumbers);
    members.forEach((row, k) => {
      array[row] = values[k];
    });
  }

  #gather(at: WasmGlobal, members: Int32Array): Float64Array {
    const array = new Float64Array(this.#module.memory.buffer, addressOf(at), this.#nNumbers);
    return Float64Array.from(members, (row) => array[row]);
  }
}

/**
 * The threshold of the decision, the negative intercept: the mean of `side gradient` over the rows strictly between their bounds; without
 * such rows, the middle of the interval that optimality allows (Chang and Lin, "LIBSVM", 2011, section 4.1.5).
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
