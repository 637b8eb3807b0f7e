// AssemblyScript, called by src/linear/wasm-design-engine.ts. Products with a design matrix, for the coefficients of several classes. The
// matrix is stored in panels of four rows, column by column, so that both products read it sequentially.

import { addTo } from './add-to';
import { clear, take } from './arena';
import { expOf } from './exponential';

/** The number of rows, or classes, per panel. */
const WIDTH: i32 = 4;
/** The size of a column of a panel in bytes. */
const STEP: usize = 32;

// Parameters: the caller sets them before `setUp`.
/** The numbers of panels of rows, of columns, of panels of classes and of classes. */
export let nPanels: i32 = 0;
export let nColumns: i32 = 0;
export let nGroups: i32 = 0;
export let nClasses: i32 = 0;

/** f64[nPanels][nColumns][4 rows] */
export let design: usize = 0;
/** f64[nGroups][nColumns][4 classes] */
export let coefficients: usize = 0;
/** f64[nGroups][4 classes][4 nPanels]: one number per row, for each class. */
export let scores: usize = 0;
/** As `scores`: the probability of each class. */
export let shares: usize = 0;
/** f64[4 nPanels]: the weight of each row. */
export let weights: usize = 0;
/** f64[nGroups][nColumns][4 classes][2]: the sums over even and over odd rows. */
export let sums: usize = 0;

export function setUp(): void {
  clear();
  const columns = <usize>nColumns;
  design = take(<usize>nPanels * columns * STEP);
  coefficients = take(<usize>nGroups * columns * STEP);
  scores = take(<usize>nGroups * nPanels * WIDTH * STEP);
  shares = take(<usize>nGroups * nPanels * WIDTH * STEP);
  weights = take(<usize>nPanels * STEP);
  sums = take(<usize>nGroups * columns * 2 * STEP);
}

/** Computes the scores. */
export function score(): void {
  const classBytes = <usize>nPanels * STEP;
  for (let group = 0; group < nGroups; group++) {
    const first = coefficients + <usize>group * nColumns * STEP;
    const last = first + <usize>nColumns * STEP;
    let to = scores + <usize>group * WIDTH * classBytes;
    let x = design;
    for (let panel = 0; panel < nPanels; panel++, to += STEP) {
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      for (let w = first; w < last; w += STEP, x += STEP) {
        const x0 = v128.load(x);
        const x1 = v128.load(x, 16);
        let by = v128.load64_splat(w);
        a0 = f64x2.add(a0, f64x2.mul(x0, by));
        a1 = f64x2.add(a1, f64x2.mul(x1, by));
        by = v128.load64_splat(w, 8);
        b0 = f64x2.add(b0, f64x2.mul(x0, by));
        b1 = f64x2.add(b1, f64x2.mul(x1, by));
        by = v128.load64_splat(w, 16);
        c0 = f64x2.add(c0, f64x2.mul(x0, by));
        c1 = f64x2.add(c1, f64x2.mul(x1, by));
        by = v128.load64_splat(w, 24);
        d0 = f64x2.add(d0, f64x2.mul(x0, by));
        d1 = f64x2.add(d1, f64x2.mul(x1, by));
      }
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + classBytes, b0);
      v128.store(to + classBytes, b1, 16);
      v128.store(to + 2 * classBytes, c0);
      v128.store(to + 2 * classBytes, c1, 16);
      v128.store(to + 3 * classBytes, d0);
      v128.store(to + 3 * classBytes, d1, 16);
    }
  }
}

/** Computes the probabilities, as the softmax of the scores. */
export function soften(): void {
  const classBytes = <usize>nPanels * STEP;
  const all = <usize>nClasses * classBytes;
  for (let row: usize = 0; row < classBytes; row += 16) {
    let most = v128.load(scores + row);
    for (let at = row + classBytes; at < all; at += classBytes) {
      most = f64x2.max(most, v128.load(scores + at));
    }
    let total = f64x2.splat(0);
    for (let at = row; at < all; at += classBytes) {
      const power = expOf(f64x2.sub(v128.load(scores + at), most));
      v128.store(shares + at, power);
      total = f64x2.add(total, power);
    }
    for (let at = row; at < all; at += classBytes) {
      v128.store(shares + at, f64x2.div(v128.load(shares + at), total));
    }
  }
}

/** Replaces the change of scores by the change of probabilities, times the weight of the row. */
export function curve(): void {
  const classBytes = <usize>nPanels * STEP;
  const all = <usize>nClasses * classBytes;
  for (let row: usize = 0; row < classBytes; row += 16) {
    let mean = f64x2.splat(0);
    for (let at = row; at < all; at += classBytes) {
      mean = f64x2.add(mean, f64x2.mul(v128.load(shares + at), v128.load(scores + at)));
    }
    const weight = v128.load(weights + row);
    for (let at = row; at < all; at += classBytes) {
      const away = f64x2.sub(v128.load(scores + at), mean);
      v128.store(scores + at, f64x2.mul(f64x2.mul(weight, v128.load(shares + at)), away));
    }
  }
}

/** Sums each column times `scores` over the rows. */
export function sumUp(): void {
  const classBytes = <usize>nPanels * STEP;
  memory.fill(sums, 0, <usize>nGroups * nColumns * 2 * STEP);
  for (let group = 0; group < nGroups; group++) {
    const first = sums + <usize>group * nColumns * 2 * STEP;
    const last = first + <usize>nColumns * 2 * STEP;
    let from = scores + <usize>group * WIDTH * classBytes;
    let x = design;
    for (let panel = 0; panel < nPanels; panel++, from += STEP) {
      const a0 = v128.load(from);
      const a1 = v128.load(from, 16);
      const b0 = v128.load(from + classBytes);
      const b1 = v128.load(from + classBytes, 16);
      const c0 = v128.load(from + 2 * classBytes);
      const c1 = v128.load(from + 2 * classBytes, 16);
      const d0 = v128.load(from + 3 * classBytes);
      const d1 = v128.load(from + 3 * classBytes, 16);
      for (let sum = first; sum < last; sum += 2 * STEP, x += STEP) {
        const x0 = v128.load(x);
        const x1 = v128.load(x, 16);
        addTo(sum, f64x2.add(f64x2.mul(x0, a0), f64x2.mul(x1, a1)));
        addTo(sum + 16, f64x2.add(f64x2.mul(x0, b0), f64x2.mul(x1, b1)));
        addTo(sum + 32, f64x2.add(f64x2.mul(x0, c0), f64x2.mul(x1, c1)));
        addTo(sum + 48, f64x2.add(f64x2.mul(x0, d0), f64x2.mul(x1, d1)));
      }
    }
  }
}
