// AssemblyScript, called by src/linear/wasm-tall-engine.ts. First and second derivatives of a loss of a linear score. A block of rows stays
// in the cache for scores, gradient and Hessian. Threads share runs of blocks, whose sums are added in order.

import { addBothTo } from './add-to';
import { clear, take } from './arena';
import { expOf } from './exponential';
import { fork, nextPiece, setUpThreads } from './threads';

export { mailbox, serve } from './threads';

// Parameters: the caller sets them before `setUp`.
/** The number of columns of a block: a multiple of four. */
export let nColumns: i32 = 0;
/** The number of rows of a block: a multiple of eight. */
export let nRows: i32 = 0;
export let nBlocks: i32 = 0;
/** The number of runs of blocks, each with its own sums: up to `nBlocks`. */
export let nPieces: i32 = 0;

/** The logistic loss, or half the Tweedie deviance of the exponential of the score. */
export let isTweedie: bool = false;
/** The power of the Tweedie deviance: from 1 to 2. */
export let power: f64 = 0;

/** f64[nBlocks][nColumns][nRows] */
export let rows: usize = 0;
/** f64[nBlocks][nRows]: the class of each row, 0 or 1, or its target value. */
export let targets: usize = 0;
/** f64[nBlocks][nRows]: the weight of each row. */
export let weights: usize = 0;
/** f64[nColumns] */
export let coefficients: usize = 0;
/** f64[nColumns]: sums over all rows. */
export let gradient: usize = 0;
/** f64[nColumns][nColumns], directly after the gradient; only the upper half is set. */
export let hessian: usize = 0;

/** The sums of each piece, gradient and Hessian, and working memory for the rows of a block. */
let pieces: usize = 0;
let sumsBytes: usize = 0;
let pieceBytes: usize = 0;

/** The derivatives to compute; tasks are one of these plus twice the distance between blocks. */
const FIRST: i32 = 0;
const BOTH: i32 = 1;

/** Call it once: the unused columns of blocks rely on new memory being 0. */
export function setUp(): void {
  clear();
  setUpThreads();
  const rowBytes: usize = (<usize>nRows) << 3;
  const columnBytes: usize = (<usize>nColumns) << 3;
  rows = take(columnBytes * nRows * nBlocks);
  targets = take(rowBytes * nBlocks);
  weights = take(rowBytes * nBlocks);
  coefficients = take(columnBytes);
  gradient = take(columnBytes + columnBytes * nColumns);
  hessian = gradient + columnBytes;
  sumsBytes = columnBytes + columnBytes * nColumns;
  pieceBytes = (sumsBytes + 4 * rowBytes + 63) & ~63;
  pieces = take(pieceBytes * nPieces);
}

/** Subtracts a centre from numbers of `rows`, from index `first` on, and multiplies them by a factor. */
export function standardise(first: u32, length: i32, centre: f64, factor: f64): void {
  const centres = f64x2.splat(centre);
  const factors = f64x2.splat(factor);
  let at = rows + (<usize>first << 3);
  const end = at + (<usize>length << 3);
  for (; at + 16 <= end; at += 16) v128.store(at, f64x2.mul(factors, f64x2.sub(v128.load(at), centres)));
  if (at < end) store<f64>(at, factor * (load<f64>(at) - centre));
}

/** Computes the gradient, and the Hessian if `withHessian` is true, of every `step`th block. */
export function derive(withHessian: bool, step: i32): void {
  const what = withHessian ? BOTH : FIRST;
  fork(sumPieces, 2 * step + what, nTaken(step) >= nPieces);
  const length = what == BOTH ? sumsBytes : (<usize>nColumns) << 3;
  memory.copy(gradient, pieces, length);
  for (let piece: usize = 1; piece < <usize>nPieces; piece++) {
    const from = pieces + piece * pieceBytes;
    for (let at: usize = 0; at < length; at += 16) {
      v128.store(gradient + at, f64x2.add(v128.load(gradient + at), v128.load(from + at)));
    }
  }
}

function sumPieces(task: i32, _thread: i32, _nThreads: i32): void {
  const what = task & 1;
  const step = task >> 1;
  for (let piece = nextPiece(); piece < nPieces; piece = nextPiece()) {
    const sums = pieces + <usize>piece * pieceBytes;
    memory.fill(sums, 0, what == BOTH ? sumsBytes : (<usize>nColumns) << 3);
    gradientOfPiece = sums;
    hessianOfPiece = sums + ((<usize>nColumns) << 3);
    slopes = sums + sumsBytes;
    curvatures = slopes + ((<usize>nRows) << 3);
    scaled = curvatures + ((<usize>nRows) << 3);
    const end = boundary(piece + 1, step);
    for (let at = boundary(piece, step); at < end; at++) addBlock(at * step + (step >> 1), what);
  }
}

/** The number of blocks if every `step`th is taken, from the middle of the first `step` on. */
@inline
function nTaken(step: i32): i32 {
  return (nBlocks + step - 1 - (step >> 1)) / step;
}

/** The first of the blocks taken that belongs to a piece. */
@inline
function boundary(piece: i32, step: i32): i32 {
  return <i32>((<i64>piece * nTaken(step)) / nPieces);
}

// The working memory of a thread: each instance, and so each thread, has its own globals.
let block: usize = 0;
let targetsOfBlock: usize = 0;
let weightsOfBlock: usize = 0;
let gradientOfPiece: usize = 0;
let hessianOfPiece: usize = 0;
/** f64[nRows] each: first and second derivatives of the loss of each row with respect to its score. */
let slopes: usize = 0;
let curvatures: usize = 0;
/** f64[2][nRows]: two columns times the second derivatives. */
let scaled: usize = 0;

function addBlock(at: i32, what: i32): void {
  const rowBytes: usize = (<usize>nRows) << 3;
  block = rows + <usize>at * nColumns * rowBytes;
  targetsOfBlock = targets + <usize>at * rowBytes;
  weightsOfBlock = weights + <usize>at * rowBytes;
  scoreRows();
  if (isTweedie) deriveTweedie();
  else deriveLogistic();
  for (let j = 0; j < nColumns; j += 4) addSlopes(j);
  if (what != BOTH) return;
  for (let j = 0; j < nColumns; j += 2) {
    scale(j);
    for (let k = j & ~3; k < nColumns; k += 4) addCurvatures(j, k);
  }
}

/** Writes the score of each row into `slopes`, which its first derivative overwrites. */
function scoreRows(): void {
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
    v128.store(slopes + row, a);
    v128.store(slopes + row, b, 16);
    v128.store(slopes + row, c, 32);
    v128.store(slopes + row, d, 48);
  }
}

/** First and second derivatives of the logistic loss with respect to the scores. */
function deriveLogistic(): void {
  const one = f64x2.splat(1);
  const step: usize = (<usize>nRows) << 3;
  for (let row: usize = 0; row < step; row += 16) {
    const score = v128.load(slopes + row);
    const weight = v128.load(weightsOfBlock + row);
    // The exponential of a number up to 0 cannot overflow.
    const less = expOf(f64x2.neg(f64x2.abs(score)));
    const larger = f64x2.div(one, f64x2.add(one, less));
    const smaller = f64x2.mul(less, larger);
    const share = v128.bitselect(smaller, larger, f64x2.lt(score, f64x2.splat(0)));
    v128.store(slopes + row, f64x2.mul(weight, f64x2.sub(share, v128.load(targetsOfBlock + row))));
    v128.store(curvatures + row, f64x2.mul(weight, f64x2.mul(larger, smaller)));
  }
}

/**
 * First and second derivatives of half the Tweedie deviance, `e^((2 - p) z) / (2 - p) - y e^((1 - p) z) / (1 - p)`, with respect to the
 * scores z.
 */
function deriveTweedie(): void {
  const toTwo = f64x2.splat(2 - power);
  const toOne = f64x2.splat(1 - power);
  const step: usize = (<usize>nRows) << 3;
  for (let row: usize = 0; row < step; row += 16) {
    const score = v128.load(slopes + row);
    const weight = v128.load(weightsOfBlock + row);
    let grown = f64x2.splat(1);
    let shrunk = v128.load(targetsOfBlock + row);
    if (power < 2) grown = expOf(f64x2.mul(toTwo, score));
    if (power > 1) shrunk = f64x2.mul(shrunk, expOf(f64x2.mul(toOne, score)));
    v128.store(slopes + row, f64x2.mul(weight, f64x2.sub(grown, shrunk)));
    const curvature = f64x2.sub(f64x2.mul(toTwo, grown), f64x2.mul(toOne, shrunk));
    v128.store(curvatures + row, f64x2.mul(weight, curvature));
  }
}

/** Adds the products of four columns with the first derivatives. */
function addSlopes(j: i32): void {
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
  const to = gradientOfPiece + ((<usize>j) << 3);
  addBothTo(to, f64x2.add(a0, a1));
  addBothTo(to + 8, f64x2.add(b0, b1));
  addBothTo(to + 16, f64x2.add(c0, c1));
  addBothTo(to + 24, f64x2.add(d0, d1));
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

/** Adds the products of the two scaled columns, `j` and `j + 1`, with the four columns starting with `k`. */
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
  const to = hessianOfPiece + (<usize>(j * nColumns + k) << 3);
  addBothTo(to, pa);
  addBothTo(to + 8, pb);
  addBothTo(to + 16, pc);
  addBothTo(to + 24, pd);
  const next = to + ((<usize>nColumns) << 3);
  addBothTo(next, qa);
  addBothTo(next + 8, qb);
  addBothTo(next + 16, qc);
  addBothTo(next + 24, qd);
}
