import { expOf } from '../plain-exponential.js';
import type { Kernel } from './kernel.js';
import type { KernelEngine, KernelShape } from './kernel-engine.js';
import { roundedTanh } from './rounded-tanh.js';

/**
 * The counterpart of wasm/kernel-sums.ts for when WebAssembly does not compile. It adds in the same order, so results are bit-identical.
 */
export function plainKernelEngine({ nRows, nFeatures, nSums }: KernelShape, kernel: Kernel): KernelEngine {
  const nPadded = 4 * Math.ceil(nRows / 4);
  const rows = new Float64Array(nPadded * nFeatures);
  const weights = new Float64Array(nPadded * nSums);
  const points = new Float64Array(4 * nFeatures);
  const sums = new Float64Array(4 * nSums);
  const squares = new Float64Array(nPadded);
  const kernels = new Float64Array(4);

  /** The kernels of four interleaved rows, starting with `row`, with one of the four points. */
  const takeKernels = (row: number, point: number, ownSquare: number): void => {
    for (let i = 0; i < 4; i++) {
      let product = 0;
      for (let j = 0, at = row * nFeatures + i; j < nFeatures; j++, at += 4) {
        product += rows[at] * points[4 * j + point];
      }
      kernels[i] = kernelOf(kernel, product, squares[row + i], ownSquare);
    }
  };

  return {
    rows,
    weights,
    points,
    sums,
    prepare() {
      for (let row = 0; row < nPadded; row++) {
        let sum = 0;
        for (let j = 0, at = (row & ~3) * nFeatures + (row & 3); j < nFeatures; j++, at += 4) {
          sum += rows[at] * rows[at];
        }
        squares[row] = sum;
      }
    },
    score() {
      for (let point = 0; point < 4; point++) {
        let square = 0;
        for (let j = 0; j < nFeatures; j++) square += points[4 * j + point] * points[4 * j + point];
        // WebAssembly adds even and odd rows separately.
        const even = new Float64Array(nSums);
        const odd = new Float64Array(nSums);
        for (let row = 0; row < nPadded; row += 4) {
          takeKernels(row, point, square);
          for (let k = 0, at = row; k < nSums; k++, at += nPadded) {
            even[k] += weights[at] * kernels[0] + weights[at + 2] * kernels[2];
            odd[k] += weights[at + 1] * kernels[1] + weights[at + 3] * kernels[3];
          }
        }
        for (let k = 0; k < nSums; k++) sums[4 * k + point] = even[k] + odd[k];
      }
    },
  };
}

/** The kernel of a row and a point, from their dot product and squared norms. */
function kernelOf(
  { kernel, gamma, coef0, degree }: Kernel,
  product: number,
  square: number,
  ownSquare: number,
): number {
  if (kernel === 'rbf') {
    return expOf(Math.max(square + ownSquare - (product + product), 0) * -gamma);
  }
  if (kernel === 'linear') return product;
  const inner = product * gamma + coef0;
  if (kernel === 'sigmoid') return roundedTanh(inner);
  let power = inner;
  for (let d = 1; d < degree; d++) power *= inner;
  return power;
}
