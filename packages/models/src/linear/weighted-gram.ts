import { GramBlocks } from './gram-blocks.js';
import { type GramEngine, WIDTH } from './gram-engine.js';

/**
 * The weighted Gram matrix `Xᵀ diag(weights) X`, a full symmetric matrix in row-major order.
 *
 * @param columns the columns of X, each as long as `weights`.
 * @param centres the constant subtracted from each column; default 0.
 */
export function weightedGram(
  columns: readonly Float64Array[],
  weights: Float64Array,
  centres?: ArrayLike<number>,
): Float64Array {
  const p = columns.length;
  const blocks = new GramBlocks(p, p, weights);
  const { engine } = blocks;
  blocks.forEach((from) => {
    for (let j = 0; j < p; j += WIDTH) {
      blocks.load(columns, j, from, centres);
      engine.pack(j / WIDTH, false);
      engine.pack(j / WIDTH, true);
    }
    engine.addProducts(true);
  });
  const gram = productsOf(engine, p, p);
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) gram[j * p + k] = gram[k * p + j];
  return gram;
}

/**
 * The weighted products `Aᵀ diag(weights) B` of two sets of columns, in row-major order.
 *
 * @param left the columns of A, each as long as `weights`.
 * @param right the columns of B, likewise.
 */
export function weightedProducts(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const blocks = new GramBlocks(left.length, right.length, weights);
  const { engine } = blocks;
  blocks.forEach((from) => {
    for (let j = 0; j < left.length; j += WIDTH) {
      blocks.load(left, j, from);
      engine.pack(j / WIDTH, true);
    }
    for (let k = 0; k < right.length; k += WIDTH) {
      blocks.load(right, k, from);
      engine.pack(k / WIDTH, false);
    }
    engine.addProducts(false);
  });
  return productsOf(engine, left.length, right.length);
}

/** The products in row-major order. */
function productsOf({ tiles }: GramEngine, nLeft: number, nRight: number): Float64Array {
  const nTiles = Math.ceil(nRight / WIDTH);
  const result = new Float64Array(nLeft * nRight);
  for (let j = 0; j < nLeft; j++) {
    for (let k = 0; k < nRight; k++) {
      const tile = (j >> 2) * nTiles + (k >> 2);
      result[j * nRight + k] = tiles[WIDTH * WIDTH * tile + WIDTH * (j & 3) + (k & 3)];
    }
  }
  return result;
}

/** The sum of the products of two equally long vectors: in four independent sums, which is faster than one. */
export function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
