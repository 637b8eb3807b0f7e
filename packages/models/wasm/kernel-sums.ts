// AssemblyScript, called by src/svm/wasm-kernel-engine.ts. Weighted sums of the kernels between points and rows, four points times four
// rows at a time, so that each number read is used four times. `setUp` allocates all arrays.

import { addTo } from './add-to';
import { clear, take } from './arena';
import { expOf } from './exponential';
import { LINEAR, POLY, RBF, SIGMOID } from './kernels';

export { LINEAR, POLY, RBF, SIGMOID };

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let nSums: i32 = 0;
export let kernel: i32 = 0;
export let gamma: f64 = 0;
export let coef0: f64 = 0;
export let degree: i32 = 0;

/** The number of rows, padded to a multiple of four. */
let nPadded: i32 = 0;

/** f64[nPadded / 4][nFeatures][4]: the rows, interleaved in fours and padded with zeros. */
export let rows: usize = 0;
/** f64[nSums][nPadded]: the weight of each row in each sum. */
export let weights: usize = 0;
/** f64[nFeatures][4]: four points. */
export let points: usize = 0;
/** f64[nSums][4]: the sums of each point. */
export let sums: usize = 0;
/** f64[nPadded]: the squared norm of each row. */
let squares: usize = 0;
/** f64[nSums][4][2]: the sums of each point over even and over odd rows. */
let halves: usize = 0;

export function setUp(): void {
  nPadded = (nRows + 3) & ~3;
  clear();
  rows = take(8 * <usize>nPadded * nFeatures);
  weights = take(8 * <usize>nPadded * nSums);
  points = take(32 * <usize>nFeatures);
  sums = take(32 * <usize>nSums);
  squares = take(8 * <usize>nPadded);
  halves = take(64 * <usize>nSums);
}

/** Call it once `rows` is filled. */
export function prepare(): void {
  let at = rows;
  for (let row = 0; row < nPadded; row += 4) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let j = 0; j < nFeatures; j++, at += 32) {
      low = f64x2.add(low, f64x2.mul(v128.load(at), v128.load(at)));
      high = f64x2.add(high, f64x2.mul(v128.load(at, 16), v128.load(at, 16)));
    }
    v128.store(squares + ((<usize>row) << 3), low);
    v128.store(squares + ((<usize>row) << 3), high, 16);
  }
}

/** Computes the sums of the four points. */
export function score(): void {
  let squareA: f64 = 0;
  let squareB: f64 = 0;
  let squareC: f64 = 0;
  let squareD: f64 = 0;
  const start = points;
  const end = points + ((<usize>nFeatures) << 5);
  for (let other = start; other < end; other += 32) {
    squareA += load<f64>(other) * load<f64>(other);
    squareB += load<f64>(other, 8) * load<f64>(other, 8);
    squareC += load<f64>(other, 16) * load<f64>(other, 16);
    squareD += load<f64>(other, 24) * load<f64>(other, 24);
  }
  memory.fill(halves, 0, 64 * <usize>nSums);
  let at = rows;
  const n = (<usize>nPadded) << 3;
  for (let row: usize = 0; row < n; row += 32) {
    let lowA = f64x2.splat(0);
    let lowB = lowA;
    let lowC = lowA;
    let lowD = lowA;
    let highA = lowA;
    let highB = lowA;
    let highC = lowA;
    let highD = lowA;
    for (let other = start; other < end; other += 32, at += 32) {
      const low = v128.load(at);
      const high = v128.load(at, 16);
      const a = v128.load64_splat(other);
      lowA = f64x2.add(lowA, f64x2.mul(low, a));
      highA = f64x2.add(highA, f64x2.mul(high, a));
      const b = v128.load64_splat(other, 8);
      lowB = f64x2.add(lowB, f64x2.mul(low, b));
      highB = f64x2.add(highB, f64x2.mul(high, b));
      const c = v128.load64_splat(other, 16);
      lowC = f64x2.add(lowC, f64x2.mul(low, c));
      highC = f64x2.add(highC, f64x2.mul(high, c));
      const d = v128.load64_splat(other, 24);
      lowD = f64x2.add(lowD, f64x2.mul(low, d));
      highD = f64x2.add(highD, f64x2.mul(high, d));
    }
    const lowSquares = v128.load(squares + row);
    const highSquares = v128.load(squares + row, 16);
    lowA = kernelsOf(lowA, lowSquares, squareA);
    lowB = kernelsOf(lowB, lowSquares, squareB);
    lowC = kernelsOf(lowC, lowSquares, squareC);
    lowD = kernelsOf(lowD, lowSquares, squareD);
    highA = kernelsOf(highA, highSquares, squareA);
    highB = kernelsOf(highB, highSquares, squareB);
    highC = kernelsOf(highC, highSquares, squareC);
    highD = kernelsOf(highD, highSquares, squareD);
    let weight = weights + row;
    let to = halves;
    for (let k = 0; k < nSums; k++, weight += n, to += 64) {
      const low = v128.load(weight);
      const high = v128.load(weight, 16);
      addTo(to, f64x2.add(f64x2.mul(low, lowA), f64x2.mul(high, highA)));
      addTo(to + 16, f64x2.add(f64x2.mul(low, lowB), f64x2.mul(high, highB)));
      addTo(to + 32, f64x2.add(f64x2.mul(low, lowC), f64x2.mul(high, highC)));
      addTo(to + 48, f64x2.add(f64x2.mul(low, lowD), f64x2.mul(high, highD)));
    }
  }
  for (let k: usize = 0; k < <usize>nSums << 2; k++) {
    const both = v128.load(halves + (k << 4));
    store<f64>(sums + (k << 3), f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
  }
}

/** The kernels of two rows with a point, from their dot products and squared norms. */
function kernelsOf(products: v128, square: v128, ownSquare: f64): v128 {
  if (kernel === RBF) return gaussian(products, square, ownSquare);
  if (kernel === LINEAR) return products;
  const inner = f64x2.add(f64x2.mul(products, f64x2.splat(gamma)), f64x2.splat(coef0));
  if (kernel === POLY) {
    let power = inner;
    for (let d = 1; d < degree; d++) power = f64x2.mul(power, inner);
    return power;
  }
  const low = Math.tanh(f64x2.extract_lane(inner, 0));
  return f64x2.replace_lane(f64x2.splat(low), 1, Math.tanh(f64x2.extract_lane(inner, 1)));
}

/** `exp(-gamma |x - z|²)` of two rows, from their dot products and squared norms. */
@inline
function gaussian(products: v128, square: v128, ownSquare: f64): v128 {
  const sums = f64x2.add(square, f64x2.splat(ownSquare));
  const distances = f64x2.max(f64x2.sub(sums, f64x2.add(products, products)), f64x2.splat(0));
  return expOf(f64x2.mul(distances, f64x2.splat(-gamma)));
}
