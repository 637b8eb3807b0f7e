import { WIDTH } from './gram-engine.js';
import { plainGramEngine } from './plain-gram-engine.js';
import { wasmGramEngine } from './wasm-gram-engine.js';

/** Rows at a time, so that the panels at work stay in the cache. */
const ROWS = 256;

/**
 * The weighted Gram matrix `Xᵀ diag(weights) X`, a full symmetric matrix in row-major order.
 *
 * @param columns the columns of X, each as long as `weights`.
 */
export function weightedGram(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const p = columns.length;
  const gram = products(columns, columns, weights, true);
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
  return products(left, right, weights, false);
}

/** The sum of the products of two equally long vectors: four sums, since one would wait for itself. */
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

/** Where `upperOnly`, tiles below the diagonal stay 0. */
function products(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  weights: Float64Array,
  upperOnly: boolean,
): Float64Array {
  const n = weights.length;
  const [nLeft, nRight] = [Math.ceil(left.length / WIDTH), Math.ceil(right.length / WIDTH)];
  const sizes = { nLeft, nRight, nRows: ROWS };
  const engine = wasmGramEngine(sizes) ?? plainGramEngine(sizes);
  const { left: leftPanels, right: rightPanels, tiles, addProducts } = engine;
  const panel = ROWS * WIDTH;
  const placeOf = (j: number) => (j >> 2) * panel + (j & 3);
  for (let from = 0; from < n; from += ROWS) {
    const to = Math.min(from + ROWS, n);
    left.forEach((column, j) => {
      packScaled(leftPanels, placeOf(j), column, weights, from, to);
    });
    right.forEach((column, j) => {
      pack(rightPanels, placeOf(j), column, from, to);
    });
    addProducts(to - from, upperOnly);
  }
  const result = new Float64Array(left.length * right.length);
  for (let j = 0; j < left.length; j++) {
    for (let k = 0; k < right.length; k++) {
      const tile = (j >> 2) * nRight + (k >> 2);
      result[j * right.length + k] = tiles[WIDTH * WIDTH * tile + WIDTH * (j & 3) + (k & 3)];
    }
  }
  return result;
}

/** Writes rows of a column into a panel, where its columns are side by side. */
function pack(panel: Float64Array, place: number, column: Float64Array, from: number, to: number): void {
  for (let i = from, at = place; i < to; i++, at += WIDTH) panel[at] = column[i];
}

function packScaled(
  panel: Float64Array,
  place: number,
  column: Float64Array,
  weights: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from, at = place; i < to; i++, at += WIDTH) panel[at] = weights[i] * column[i];
}
