// AssemblyScript. Draws the rows of a tree with replacement, by the same generator as `Random` in @churn/core: xoshiro128** (Blackman and
// Vigna, "Scrambled linear pseudorandom number generators", 2021).

import { drawsBy, nRows } from './memory';

let a: u32 = 0;
let b: u32 = 0;
let c: u32 = 0;
let d: u32 = 0;

function uint32(): u32 {
  const result = rotl<u32>(b * 5, 7) * 9;
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotl<u32>(d, 11);
  return result;
}

/** Whether the rows of the tree in a slot are drawn. */
export function areDrawn(slot: i32): bool {
  const at = drawsBy + ((<usize>slot) << 4);
  a = load<u32>(at);
  b = load<u32>(at, 4);
  c = load<u32>(at, 8);
  d = load<u32>(at, 12);
  // No generator has this state.
  return (a | b | c | d) != 0;
}

/**
 * Draws with replacement from the rows with a positive weight, as many as there are, and writes each weight times the number of times it
 * was drawn.
 *
 * @param drawn f64[nRows], and room for i32[nRows].
 */
export function drawRows(weights: usize, drawn: usize): void {
  memory.fill(drawn, 0, (<usize>nRows) << 3);
  const weighted = drawn + ((<usize>nRows) << 3);
  let nWeighted: usize = 0;
  for (let row: usize = 0; row < <usize>nRows; row++) {
    store<i32>(weighted + (nWeighted << 2), <i32>row);
    nWeighted += usize(load<f64>(weights + (row << 3)) > 0);
  }
  for (let i: usize = 0; i < nWeighted; i++) {
    const place = <usize>((<f64>uint32() / 4294967296) * <f64>nWeighted);
    const row = (<usize>load<i32>(weighted + (place << 2))) << 3;
    store<f64>(drawn + row, load<f64>(drawn + row) + load<f64>(weights + row));
  }
}
