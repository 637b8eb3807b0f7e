import { requireMemory } from '../wasm-module.js';
import { type Kernel, middlesFor } from './kernel.js';
import type { KernelEngine } from './kernel-engine.js';
import { plainKernelEngine } from './plain-kernel-engine.js';
import { wasmKernelEngine } from './wasm-kernel-engine.js';

/** The number of points processed at a time. */
const N_POINTS = 4;

/** Weighted rows, for sums of their kernels with other points. */
export class KernelSums {
  readonly #engine: KernelEngine;
  readonly #middles: Float64Array;
  readonly #nSums: number;

  /**
   * @param columns the rows, one array per feature.
   * @param weights the weight of each row, an array per sum.
   * @throws `invalid-data` if the rows do not fit into memory.
   */
  constructor(columns: readonly Float64Array[], kernel: Kernel, weights: readonly Float64Array[]) {
    const nRows = columns[0].length;
    const nPadded = 4 * Math.ceil(nRows / 4);
    this.#middles = middlesFor(kernel.kernel, columns);
    this.#nSums = weights.length;
    requireMemory(8 * nPadded * (columns.length + weights.length + 1));
    const shape = { nRows, nFeatures: columns.length, nSums: weights.length };
    this.#engine = wasmKernelEngine(shape, kernel) ?? plainKernelEngine(shape, kernel);
    columns.forEach((column, j) => {
      for (let row = 0; row < nRows; row++) {
        this.#engine.rows[((row >> 2) * columns.length + j) * 4 + (row & 3)] = column[row] - this.#middles[j];
      }
    });
    weights.forEach((ofRows, k) => {
      this.#engine.weights.set(ofRows, k * nPadded);
    });
    this.#engine.prepare();
  }

  /**
   * The sums `Σ_i weights_i K(row_i, point)` for each of `nPoints` points, an array per sum.
   *
   * @param columns the points, one array per feature.
   */
  of(columns: readonly Float64Array[], nPoints: number): Float64Array[] {
    const { points, sums: found } = this.#engine;
    const sums = Array.from({ length: this.#nSums }, () => new Float64Array(nPoints));
    for (let start = 0; start < nPoints; start += N_POINTS) {
      const end = Math.min(start + N_POINTS, nPoints);
      for (let j = 0; j < columns.length; j++) {
        for (let row = start; row < end; row++)
          points[N_POINTS * j + row - start] = columns[j][row] - this.#middles[j];
      }
      this.#engine.score();
      sums.forEach((sum, k) => {
        sum.set(found.subarray(N_POINTS * k, N_POINTS * k + end - start), start);
      });
    }
    return sums;
  }
}
