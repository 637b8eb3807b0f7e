import { WIDTH } from './gram-engine.js';
import { plainGramEngine } from './plain-gram-engine.js';
import { wasmGramEngine } from './wasm-gram-engine.js';

/** The number of rows at a time, so that panels stay in the cache. */
const ROWS = 256;

/**
 * The weighted Gram matrix `Xᵀ diag(weights) X`, a full symmetric matrix in row-major order.
 *
 * @param columns the columns of X, each as long as `weights`.
 * @param centres the constant subtracted from each column; default 0.
 */
export function weightedGram(
  columns: readonly Float64Array[],
  weights: Float64Array,
  centres: ArrayLike<number> = new Float64Array(columns.length),
): Float64Array {
  const p = columns.length;
  const gram = products(p, p, weights, true, (left, right, from, to) => {
    for (let j = 0; j < p; j += WIDTH) {
      packCentred(left, right, columns.slice(j, j + WIDTH), centres, j, weights, from, to);
    }
  });
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
  return products(left.length, right.length, weights, false, (leftPanels, rightPanels, from, to) => {
    left.forEach((column, j) => {
      packScaled(leftPanels, placeOf(j), column, weights, from, to);
    });
    right.forEach((column, j) => {
      pack(rightPanels, placeOf(j), column, from, to);
    });
  });
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

/** Writes the rows from `from` to `to` into panels. */
type Packing = (left: Float64Array, right: Float64Array, from: number, to: number) => void;

/** Of `m` columns with `p`. With `upperOnly`, tiles below the diagonal stay 0. */
function products(
  m: number,
  p: number,
  { length: n }: Float64Array,
  upperOnly: boolean,
  packInto: Packing,
): Float64Array {
  const [nLeft, nRight] = [Math.ceil(m / WIDTH), Math.ceil(p / WIDTH)];
  const sizes = { nLeft, nRight, nRows: ROWS };
  const engine = wasmGramEngine(sizes) ?? plainGramEngine(sizes);
  const { left, right, tiles, addProducts } = engine;
  for (let from = 0; from < n; from += ROWS) {
    const to = Math.min(from + ROWS, n);
    packInto(left, right, from, to);
    addProducts(to - from, upperOnly);
  }
  const result = new Float64Array(m * p);
  for (let j = 0; j < m; j++) {
    for (let k = 0; k < p; k++) {
      const tile = (j >> 2) * nRight + (k >> 2);
      result[j * p + k] = tiles[WIDTH * WIDTH * tile + WIDTH * (j & 3) + (k & 3)];
    }
  }
  return result;
}

/** The offset of a column in the panels. */
function placeOf(j: number): number {
  return (j >> 2) * ROWS * WIDTH + (j & 3);
}

/** Writes rows of the up to four columns from the `j`th on into the panels of both sides, on the left times the weights. */
function packCentred(
  left: Float64Array,
  right: Float64Array,
  columns: readonly Float64Array[],
  centres: ArrayLike<number>,
  j: number,
  weights: Float64Array,
  from: number,
  to: number,
): void {
  const place = placeOf(j);
  if (columns.length < WIDTH) {
    columns.forEach((column, k) => {
      for (let i = from, at = place + k; i < to; i++, at += WIDTH) {
        const value = column[i] - centres[j + k];
        right[at] = value;
        left[at] = weights[i] * value;
      }
    });
    return;
  }
  // Four at a time, so that adjacent memory is written.
  const [a, b, c, d] = columns;
  const [ofA, ofB, ofC, ofD] = [centres[j], centres[j + 1], centres[j + 2], centres[j + 3]];
  for (let i = from, at = place; i < to; i++, at += WIDTH) {
    const weight = weights[i];
    const fromA = a[i] - ofA;
    const fromB = b[i] - ofB;
    const fromC = c[i] - ofC;
    const fromD = d[i] - ofD;
    right[at] = fromA;
    right[at + 1] = fromB;
    right[at + 2] = fromC;
    right[at + 3] = fromD;
    left[at] = weight * fromA;
    left[at + 1] = weight * fromB;
    left[at + 2] = weight * fromC;
    left[at + 3] = weight * fromD;
  }
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
