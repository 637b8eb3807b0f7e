// AssemblyScript, called by src/linear/wasm-gram-engine.ts. Sums of products of columns, four by four, for a block of rows at a time. A
// panel has four columns of the block, row by row.

import { clear, take } from './arena';

/** The size of a row of a panel in bytes: four f64. */
const ROW: usize = 32;
/** The size of a tile in bytes: the f64 sums of 4 x 4 products. */
const TILE: usize = 128;

// Parameters: the caller sets them before `setUp`.
export let nLeft: i32 = 0;
export let nRight: i32 = 0;
/** The maximum number of rows of a panel. */
export let nRows: i32 = 0;

let panel: usize = 0;

/** f64[nLeft][nRows][4] */
export let left: usize = 0;
/** f64[nRight][nRows][4] */
export let right: usize = 0;
/** f64[nLeft][nRight][4][4], initially 0. */
export let tiles: usize = 0;

/** Allocates the arrays. */
export function setUp(): void {
  panel = <usize>nRows * ROW;
  clear();
  left = take(<usize>nLeft * panel);
  right = take(<usize>nRight * panel);
  tiles = take(<usize>nLeft * <usize>nRight * TILE);
}

/** Adds the products of the block's rows to the tiles; if `upperOnly`, only to those on and above the diagonal. */
export function addProducts(rows: i32, upperOnly: bool): void {
  const bytes = <usize>rows * ROW;
  for (let g = 0; g < nLeft; g++) {
    const s = left + <usize>g * panel;
    for (let h = upperOnly ? g : 0; h < nRight; h++) {
      addTile(s, right + <usize>h * panel, bytes, tiles + <usize>(g * nRight + h) * TILE);
    }
  }
}

function addTile(s: usize, t: usize, bytes: usize, tile: usize): void {
  let a0 = v128.load(tile);
  let a1 = v128.load(tile, 16);
  let b0 = v128.load(tile, 32);
  let b1 = v128.load(tile, 48);
  let c0 = v128.load(tile, 64);
  let c1 = v128.load(tile, 80);
  let d0 = v128.load(tile, 96);
  let d1 = v128.load(tile, 112);
  const end = s + bytes;
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
