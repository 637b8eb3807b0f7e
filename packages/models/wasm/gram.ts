// AssemblyScript, called by src/linear/wasm-gram-engine.ts. Sums of columns, and of their products, four by four, for a block of rows at a
// time. A panel has four columns of the block, row by row.

import { addBothTo } from './add-to';
import { clear, take } from './arena';

/** The size of a row of a panel in bytes: four f64. */
const ROW: usize = 32;
/** The size of a tile in bytes: the f64 sums of 4 x 4 products. */
const TILE: usize = 128;

// Parameters: the caller sets them before `setUp`.
export let nLeft: i32 = 0;
export let nRight: i32 = 0;
/** The number of rows of a block, a multiple of four. */
export let nRows: i32 = 0;

let column: usize = 0;
let panel: usize = 0;

/** f64[4][nRows]: four columns, to be packed into a panel. */
export let columns: usize = 0;
/** f64[4]: the constant subtracted from each of them. */
export let centres: usize = 0;
/** f64[nRows] */
export let weights: usize = 0;
/** f64[4][2]: the sums and sums of squares of the four columns. */
export let moments: usize = 0;
/** f64[nLeft][nRows][4] */
export let left: usize = 0;
/** f64[nRight][nRows][4] */
export let right: usize = 0;
/** f64[nLeft][nRight][4][4], initially 0. */
export let tiles: usize = 0;

/** Allocates the arrays. */
export function setUp(): void {
  column = <usize>nRows << 3;
  panel = <usize>nRows * ROW;
  clear();
  columns = take(4 * column);
  centres = take(ROW);
  weights = take(column);
  moments = take(2 * ROW);
  left = take(<usize>nLeft * panel);
  right = take(<usize>nRight * panel);
  tiles = take(<usize>nLeft * <usize>nRight * TILE);
}

/** Writes the four columns, minus their centres, into a panel of the right side, or, times the weights, of the left side. */
export function pack(index: i32, isLeft: bool): void {
  let to = (isLeft ? left : right) + <usize>index * panel;
  const c0 = v128.load64_splat(centres);
  const c1 = v128.load64_splat(centres, 8);
  const c2 = v128.load64_splat(centres, 16);
  const c3 = v128.load64_splat(centres, 24);
  const one = f64x2.splat(1);
  for (let a = columns, row: usize = 0; row < column; row += 16, a += 16, to += 2 * ROW) {
    const weight = isLeft ? v128.load(weights + row) : one;
    const x0 = f64x2.mul(weight, f64x2.sub(v128.load(a), c0));
    const x1 = f64x2.mul(weight, f64x2.sub(v128.load(a + column), c1));
    const x2 = f64x2.mul(weight, f64x2.sub(v128.load(a + 2 * column), c2));
    const x3 = f64x2.mul(weight, f64x2.sub(v128.load(a + 3 * column), c3));
    v128.store(to, v128.shuffle<f64>(x0, x1, 0, 2));
    v128.store(to, v128.shuffle<f64>(x2, x3, 0, 2), 16);
    v128.store(to, v128.shuffle<f64>(x0, x1, 1, 3), 32);
    v128.store(to, v128.shuffle<f64>(x2, x3, 1, 3), 48);
  }
}

/** Adds up the four columns, minus their centres, and their squares, times the weights. */
export function addMoments(): void {
  for (let k: usize = 0; k < 4; k++) {
    const centre = v128.load64_splat(centres + 8 * k);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    for (let a = columns + k * column, row: usize = 0; row < column; row += 32, a += 32) {
      const x0 = f64x2.sub(v128.load(a), centre);
      const x1 = f64x2.sub(v128.load(a, 16), centre);
      const y0 = f64x2.mul(v128.load(weights + row), x0);
      const y1 = f64x2.mul(v128.load(weights + row, 16), x1);
      s0 = f64x2.add(s0, y0);
      s1 = f64x2.add(s1, y1);
      q0 = f64x2.add(q0, f64x2.mul(y0, x0));
      q1 = f64x2.add(q1, f64x2.mul(y1, x1));
    }
    const to = moments + 16 * k;
    addBothTo(to, f64x2.add(s0, s1));
    addBothTo(to + 8, f64x2.add(q0, q1));
  }
}

/** Adds the products of the panels to the tiles; if `upperOnly`, only to those on and above the diagonal. */
export function addProducts(upperOnly: bool): void {
  for (let g = 0; g < nLeft; g++) {
    const s = left + <usize>g * panel;
    for (let h = upperOnly ? g : 0; h < nRight; h++) {
      addTile(s, right + <usize>h * panel, tiles + <usize>(g * nRight + h) * TILE);
    }
  }
}

function addTile(s: usize, t: usize, tile: usize): void {
  let a0 = v128.load(tile);
  let a1 = v128.load(tile, 16);
  let b0 = v128.load(tile, 32);
  let b1 = v128.load(tile, 48);
  let c0 = v128.load(tile, 64);
  let c1 = v128.load(tile, 80);
  let d0 = v128.load(tile, 96);
  let d1 = v128.load(tile, 112);
  const end = s + panel;
  for (; s < end; s += ROW, t += ROW) {
    const t0 = v128.load(t);
    const t1 = v128.load(t, 16);
    let v = v128.load_splat<f64>(s);
    a0 = f64x2.add(a0, f64x2.mul(v, t0));
    a1 = f64x2.add(a1, f64x2.mul(v, t1));
    v = v128.load_splat<f64>(s, 8);
    b0 = f64x2.add(b0, f64x2.mul(v, t0));
    b1 = f64x2.add(b1, f64x2.mul(v, t1));
    v = v128.load_splat<f64>(s, 16);
    c0 = f64x2.add(c0, f64x2.mul(v, t0));
    c1 = f64x2.add(c1, f64x2.mul(v, t1));
    v = v128.load_splat<f64>(s, 24);
    d0 = f64x2.add(d0, f64x2.mul(v, t0));
    d1 = f64x2.add(d1, f64x2.mul(v, t1));
  }
  v128.store(tile, a0);
  v128.store(tile, a1, 16);
  v128.store(tile, b0, 32);
  v128.store(tile, b1, 48);
  v128.store(tile, c0, 64);
  v128.store(tile, c1, 80);
  v128.store(tile, d0, 96);
  v128.store(tile, d1, 112);
}
