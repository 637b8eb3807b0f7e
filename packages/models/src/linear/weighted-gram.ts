/** Rows at a time, so that the panels at work stay in the cache. */
const ROWS = 256;
/** Columns of a panel. A tile of 4 x 4 sums loads 8 numbers for 16 products. */
const WIDTH = 4;

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

/** The sum of the products of two equally long vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Where `upperOnly`, tiles below the diagonal stay 0. */
function products(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  weights: Float64Array,
  upperOnly: boolean,
): Float64Array {
  const n = weights.length;
  const nLeft = Math.ceil(left.length / WIDTH);
  const nRight = Math.ceil(right.length / WIDTH);
  const tiles = new Float64Array(nLeft * nRight * WIDTH * WIDTH);
  const scaled = new Float64Array(ROWS * WIDTH);
  const panels = Array.from({ length: nRight }, () => new Float64Array(ROWS * WIDTH));
  for (let from = 0; from < n; from += ROWS) {
    const to = Math.min(from + ROWS, n);
    panels.forEach((panel, h) => {
      for (let c = 0; c < WIDTH; c++) pack(panel, c, right[h * WIDTH + c], from, to);
    });
    for (let g = 0; g < nLeft; g++) {
      for (let c = 0; c < WIDTH; c++) packScaled(scaled, c, left[g * WIDTH + c], weights, from, to);
      for (let h = upperOnly ? g : 0; h < nRight; h++) {
        addTile(scaled, panels[h], WIDTH * (to - from), tiles, WIDTH * WIDTH * (g * nRight + h));
      }
    }
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

/** Writes rows of a column into a panel, its columns side by side; beyond the last column there is none, and the panel has zeros. */
function pack(
  panel: Float64Array,
  c: number,
  column: Float64Array | undefined,
  from: number,
  to: number,
): void {
  if (!column) return;
  for (let i = from, at = c; i < to; i++, at += WIDTH) panel[at] = column[i];
}

function packScaled(
  panel: Float64Array,
  c: number,
  column: Float64Array | undefined,
  weights: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from, at = c; i < to; i++, at += WIDTH) panel[at] = column ? weights[i] * column[i] : 0;
}

/** Adds the products of two panels' columns to the tile at `at`: nearly all of a fit is here. */
function addTile(s: Float64Array, t: Float64Array, length: number, out: Float64Array, at: number): void {
  let [a0, a1, a2, a3] = [0, 0, 0, 0];
  let [b0, b1, b2, b3] = [0, 0, 0, 0];
  let [c0, c1, c2, c3] = [0, 0, 0, 0];
  let [d0, d1, d2, d3] = [0, 0, 0, 0];
  for (let i = 0; i < length; i += 4) {
    const t0 = t[i];
    const t1 = t[i + 1];
    const t2 = t[i + 2];
    const t3 = t[i + 3];
    let v = s[i];
    a0 += v * t0;
    a1 += v * t1;
    a2 += v * t2;
    a3 += v * t3;
    v = s[i + 1];
    b0 += v * t0;
    b1 += v * t1;
    b2 += v * t2;
    b3 += v * t3;
    v = s[i + 2];
    c0 += v * t0;
    c1 += v * t1;
    c2 += v * t2;
    c3 += v * t3;
    v = s[i + 3];
    d0 += v * t0;
    d1 += v * t1;
    d2 += v * t2;
    d3 += v * t3;
  }
  out[at] += a0;
  out[at + 1] += a1;
  out[at + 2] += a2;
  out[at + 3] += a3;
  out[at + 4] += b0;
  out[at + 5] += b1;
  out[at + 6] += b2;
  out[at + 7] += b3;
  out[at + 8] += c0;
  out[at + 9] += c1;
  out[at + 10] += c2;
  out[at + 11] += c3;
  out[at + 12] += d0;
  out[at + 13] += d1;
  out[at + 14] += d2;
  out[at + 15] += d3;
}
