import { instantiate, requireMemory, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { KERNELS, type Kernel, middlesFor } from './kernel.js';
import { KERNEL_SUMS } from './kernel-sums.wasm.js';

/** What wasm/kernel-sums.ts exports. The numbers in globals are addresses in the memory. */
interface Module {
  readonly memory: WasmMemory;
  readonly rows: WasmGlobal;
  readonly weights: WasmGlobal;
  readonly points: WasmGlobal;
  readonly sums: WasmGlobal;
  setUp(
    nRows: number,
    nFeatures: number,
    nSums: number,
    kernel: number,
    gamma: number,
    coef0: number,
    degree: number,
  ): void;
  prepare(): void;
  score(): void;
}

/** How many points are taken at a time. */
const N_POINTS = 4;

/** Rows with weights, to take the kernels of further rows with. */
export class KernelSums {
  readonly #module: Module;
  readonly #middles: Float64Array;
  readonly #nSums: number;

  /**
   * @param columns the rows, an array a feature.
   * @param weights for each sum the weight of each row.
   * @throws `invalid-data` where the rows do not fit into memory.
   */
  constructor(
    columns: readonly Float64Array[],
    { kernel, gamma, coef0, degree }: Kernel,
    weights: readonly Float64Array[],
  ) {
    const nRows = columns[0].length;
    const nPadded = 4 * Math.ceil(nRows / 4);
    this.#middles = middlesFor(kernel, columns);
    this.#nSums = weights.length;
    requireMemory(8 * nPadded * (columns.length + weights.length + 1));
    this.#module = instantiate<Module>(KERNEL_SUMS);
    const { setUp, prepare, memory } = this.#module;
    setUp(nRows, columns.length, weights.length, KERNELS.indexOf(kernel), gamma, coef0, degree);
    const rows = new Float64Array(memory.buffer, this.#module.rows.value);
    columns.forEach((column, j) => {
      for (let row = 0; row < nRows; row++) {
        rows[((row >> 2) * columns.length + j) * 4 + (row & 3)] = column[row] - this.#middles[j];
      }
    });
    weights.forEach((ofRows, k) => {
      new Float64Array(memory.buffer, this.#module.weights.value + 8 * k * nPadded).set(ofRows);
    });
    prepare();
  }

  /**
   * For each of `nPoints` further rows the sums `Σ_i weights_i K(row_i, point)`, an array for each array of weights.
   *
   * @param columns the further rows, an array a feature.
   */
  of(columns: readonly Float64Array[], nPoints: number): Float64Array[] {
    const { memory, points: pointsAt, sums: sumsAt, score } = this.#module;
    const points = new Float64Array(memory.buffer, pointsAt.value, N_POINTS * this.#middles.length);
    const found = new Float64Array(memory.buffer, sumsAt.value, N_POINTS * this.#nSums);
    const sums = Array.from({ length: this.#nSums }, () => new Float64Array(nPoints));
    for (let start = 0; start < nPoints; start += N_POINTS) {
      const end = Math.min(start + N_POINTS, nPoints);
      for (let j = 0; j < columns.length; j++) {
        for (let row = start; row < end; row++)
          points[N_POINTS * j + row - start] = columns[j][row] - this.#middles[j];
      }
      score();
      sums.forEach((sum, k) => {
        sum.set(found.subarray(N_POINTS * k, N_POINTS * k + end - start), start);
      });
    }
    return sums;
  }
}
