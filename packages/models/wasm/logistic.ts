// AssemblyScript; src/linear/wasm-logistic-engine.ts is the side that calls it.
//
// First and second derivatives of the logistic loss of a linear score, over a block of rows at a time: the block stays in the cache while
// scores, gradient and Hessian are taken of it.

import { clear, take } from './arena';
import { expOf } from './exponential';

// Parameters: the caller sets them before `setUp`.
/** How many columns a block has: a multiple of four. */
export let nColumns: i32 = 0;
/** How many rows a block has: a multiple of eight. */
export let nRows: i32 = 0;

/** f64[nColumns][nRows] */
export let block: usize = 0;
/** f64[nRows]: the class of each row, 0 or 1. */
export let targets: usize = 0;
/** f64[nRows]: how much each row counts. */
export let weights: usize = 0;
/** f64[nColumns] */
export let coefficients: usize = 0;
/** f64[nColumns]: the sums over all blocks. */
export let gradient: usize = 0;
/** f64[nColumns]: the sums over all blocks, of the gradient where all coefficients are 0. */
export let gradientAtZero: usize = 0;
/** f64[nColumns][nColumns], of which the upper half counts: the sums over all blocks. */
export let hessian: usize = 0;

/** f64[nRows] each: first and second derivatives of the loss of each row by its score. */
let slopes: usize = 0;
let curvatures: usize = 0;
/** f64[2][nRows]: two columns times the second derivatives. */
let scaled: usize = 0;

/** To be called once: the block's unused columns hold zeros, as new memory does. */
export function setUp(): void {
  clear();
  const rows: usize = (<usize>nRows) << 3;
  const columns: usize = (<usize>nColumns) << 3;
  block = take(columns * nRows);
  targets = take(rows);
  weights = take(rows);
  slopes = take(rows);
  curvatures = take(rows);
  scaled = take(2 * rows);
  coefficients = take(columns);
  gradient = take(columns);
  gradientAtZero = take(columns);
  hessian = take(columns * nColumns);
}

export function begin(): void {
  memory.fill(gradient, 0, ((<usize>nColumns) << 3));
  memory.fill(gradientAtZero, 0, ((<usize>nColumns) << 3));
  memory.fill(hessian, 0, ((<usize>nColumns) << 3) * nColumns);
}

/** Adds what the block's rows give to the gradient where all coefficients are 0. */
export function addBlockAtZero(): void {
  const half = f64x2.splat(0.5);
  const step: usize = (<usize>nRows) << 3;
  for (let row: usize = 0; row < step; row += 16) {
    const excess = f64x2.sub(half, v128.load(targets + row));
    v128.store(slopes + row, f64x2.mul(v128.load(weights + row), excess));
  }
  for (let j = 0; j < nColumns; j += 4) addSlopes(j, gradientAtZero);
}

/** Adds what the block's rows give to the gradient, and, where asked for, to the Hessian. */
export function addBlock(withHessian: bool): void {
  derive();
  for (let j = 0; j < nColumns; j += 4) addSlopes(j, gradient);
  if (!withHessian) return;
  for (let j = 0; j < nColumns; j += 2) {
    scale(j);
    for (let k = j & ~3; k < nColumns; k += 4) addCurvatures(j, k);
  }
}

/** The derivatives of each row at the score that the coefficients give it. */
function derive(): void {
  const step: usize = (<usize>nRows) << 3;
  const first = coefficients;
  const last = coefficients + ((<usize>nColumns) << 3);
  for (let row: usize = 0; row < step; row += 64) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let w = first, x = block + row; w < last; w += 8, x += step) {
      const by = v128.load64_splat(w);
      a = f64x2.add(a, f64x2.mul(v128.load(x), by));
      b = f64x2.add(b, f64x2.mul(v128.load(x, 16), by));
      c = f64x2.add(c, f64x2.mul(v128.load(x, 32), by));
      d = f64x2.add(d, f64x2.mul(v128.load(x, 48), by));
    }
    link(a, row);
    link(b, row + 16);
    link(c, row + 32);
    link(d, row + 48);
  }
}

/** First and second derivative of two rows by their scores. */
@inline
function link(score: v128, row: usize): void {
  const one = f64x2.splat(1);
  const weight = v128.load(weights + row);
  // The exponential of a number up to 0 cannot overflow.
  const power = expOf(f64x2.neg(f64x2.abs(score)));
  const less = f64x2.div(one, f64x2.add(one, power));
  const rest = f64x2.mul(power, less);
  const share = v128.bitselect(rest, less, f64x2.lt(score, f64x2.splat(0)));
  v128.store(slopes + row, f64x2.mul(weight, f64x2.sub(share, v128.load(targets + row))));
  v128.store(curvatures + row, f64x2.mul(weight, f64x2.mul(less, rest)));
}

/** Adds the products of four columns with the first derivatives. */
function addSlopes(j: i32, sums: usize): void {
  const step: usize = (<usize>nRows) << 3;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let a = block + <usize>j * step;
  let b = a + step;
  let c = b + step;
  let d = c + step;
  const end = slopes + step;
  for (let s = slopes; s < end; s += 32, a += 32, b += 32, c += 32, d += 32) {
    const low = v128.load(s);
    const high = v128.load(s, 16);
    a0 = f64x2.add(a0, f64x2.mul(v128.load(a), low));
    a1 = f64x2.add(a1, f64x2.mul(v128.load(a, 16), high));
    b0 = f64x2.add(b0, f64x2.mul(v128.load(b), low));
    b1 = f64x2.add(b1, f64x2.mul(v128.load(b, 16), high));
    c0 = f64x2.add(c0, f64x2.mul(v128.load(c), low));
    c1 = f64x2.add(c1, f64x2.mul(v128.load(c, 16), high));
    d0 = f64x2.add(d0, f64x2.mul(v128.load(d), low));
    d1 = f64x2.add(d1, f64x2.mul(v128.load(d, 16), high));
  }
  const to = sums + ((<usize>j) << 3);
  addTo(to, f64x2.add(a0, a1));
  addTo(to + 8, f64x2.add(b0, b1));
  addTo(to + 16, f64x2.add(c0, c1));
  addTo(to + 24, f64x2.add(d0, d1));
}

/** Multiplies two columns by the second derivatives. */
function scale(j: i32): void {
  const step: usize = (<usize>nRows) << 3;
  let a = block + <usize>j * step;
  let b = a + step;
  let to = scaled;
  const end = curvatures + step;
  for (let c = curvatures; c < end; c += 16, a += 16, b += 16, to += 16) {
    const by = v128.load(c);
    v128.store(to, f64x2.mul(by, v128.load(a)));
    v128.store(to + step, f64x2.mul(by, v128.load(b)));
  }
}

/** Adds the products of the two scaled columns, which are those from `j` on, with the four from `k` on. */
function addCurvatures(j: i32, k: i32): void {
  const step: usize = (<usize>nRows) << 3;
  let pa = f64x2.splat(0);
  let pb = pa;
  let pc = pa;
  let pd = pa;
  let qa = pa;
  let qb = pa;
  let qc = pa;
  let qd = pa;
  let a = block + <usize>k * step;
  let b = a + step;
  let c = b + step;
  let d = c + step;
  const end = scaled + step;
  for (let p = scaled, q = end; p < end; p += 32, q += 32, a += 32, b += 32, c += 32, d += 32) {
    let ofP = v128.load(p);
    let ofQ = v128.load(q);
    let x = v128.load(a);
    pa = f64x2.add(pa, f64x2.mul(x, ofP));
    qa = f64x2.add(qa, f64x2.mul(x, ofQ));
    x = v128.load(b);
    pb = f64x2.add(pb, f64x2.mul(x, ofP));
    qb = f64x2.add(qb, f64x2.mul(x, ofQ));
    x = v128.load(c);
    pc = f64x2.add(pc, f64x2.mul(x, ofP));
    qc = f64x2.add(qc, f64x2.mul(x, ofQ));
    x = v128.load(d);
    pd = f64x2.add(pd, f64x2.mul(x, ofP));
    qd = f64x2.add(qd, f64x2.mul(x, ofQ));
    ofP = v128.load(p, 16);
    ofQ = v128.load(q, 16);
    x = v128.load(a, 16);
    pa = f64x2.add(pa, f64x2.mul(x, ofP));
    qa = f64x2.add(qa, f64x2.mul(x, ofQ));
    x = v128.load(b, 16);
    pb = f64x2.add(pb, f64x2.mul(x, ofP));
    qb = f64x2.add(qb, f64x2.mul(x, ofQ));
    x = v128.load(c, 16);
    pc = f64x2.add(pc, f64x2.mul(x, ofP));
    qc = f64x2.add(qc, f64x2.mul(x, ofQ));
    x = v128.load(d, 16);
    pd = f64x2.add(pd, f64x2.mul(x, ofP));
    qd = f64x2.add(qd, f64x2.mul(x, ofQ));
  }
  const to = hessian + (<usize>(j * nColumns + k) << 3);
  addTo(to, pa);
  addTo(to + 8, pb);
  addTo(to + 16, pc);
  addTo(to + 24, pd);
  const next = to + ((<usize>nColumns) << 3);
  addTo(next, qa);
  addTo(next + 8, qb);
  addTo(next + 16, qc);
  addTo(next + 24, qd);
}

@inline
function addTo(at: usize, sums: v128): void {
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)));
}
