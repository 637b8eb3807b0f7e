// AssemblyScript. Gradients and curvatures as integers: their sums are exact, so they do not depend on the order of rows, and fit with the
// row count into a vector of four (after Shi et al., "Quantized training of gradient boosting decision trees", 2022).

import { fork, nextPiece } from '../threads';
import { args, BLOCK, blockSums, quanta, quantised, rows } from './memory';

/** The maximum sum over all rows: half the range of 32 bits. */
const MAX_SUM: f64 = 1073741824;

/** Quantises the gradients and curvatures of the first `nDrawn` of `rows`, and returns their sum. */
export function quantise(gradient: usize, nDrawn: i32): v128 {
  const nBlocks = (nDrawn + BLOCK - 1) / BLOCK;
  store<i32>(args, nDrawn);
  fork(addBlocks, <i32>gradient, nDrawn > BLOCK);
  let sum = f64x2(0, 0);
  for (let block = 0; block < nBlocks; block++) sum = f64x2.add(sum, v128.load(sumAt(block)));
  const scale = f64x2.div(f64x2.splat(MAX_SUM), f64x2.max(sum, f64x2.splat(1e-300)));
  v128.store(quanta, f64x2.div(f64x2.splat(1), scale));
  fork(quantiseBlocks, <i32>gradient, nDrawn > BLOCK);
  let whole = i32x4(0, 0, 0, 0);
  for (let block = 0; block < nBlocks; block++) whole = i32x4.add(whole, v128.load(sumAt(block)));
  return i32x4.replace_lane(whole, 2, nDrawn);
}

@inline
function sumAt(block: i32): usize {
  return blockSums + ((<usize>block) << 4);
}

function addBlocks(gradient: i32, thread: i32, nThreads: i32): void {
  const nDrawn = load<i32>(args);
  for (let block = nextPiece(); block * BLOCK < nDrawn; block = nextPiece()) {
    let sum = f64x2(0, 0);
    for (let i = block * BLOCK; i < min(block * BLOCK + BLOCK, nDrawn); i++) {
      sum = f64x2.add(sum, f64x2.abs(v128.load(<usize><u32>gradient + (rowAt(i) << 4))));
    }
    v128.store(sumAt(block), sum);
  }
}

function quantiseBlocks(gradient: i32, thread: i32, nThreads: i32): void {
  const nDrawn = load<i32>(args);
  const scale = f64x2.div(f64x2.splat(1), v128.load(quanta));
  for (let block = nextPiece(); block * BLOCK < nDrawn; block = nextPiece()) {
    let sum = i32x4(0, 0, 0, 0);
    for (let i = block * BLOCK; i < min(block * BLOCK + BLOCK, nDrawn); i++) {
      const row = rowAt(i);
      const exact = f64x2.mul(v128.load(<usize><u32>gradient + (row << 4)), scale);
      const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(exact));
      v128.store64_lane(quantised + (row << 3), whole, 0);
      sum = i32x4.add(sum, whole);
    }
    v128.store(sumAt(block), sum);
  }
}

@inline
function rowAt(i: i32): usize {
  return <usize>load<u32>(rows + ((<usize>i) << 2));
}

/** Converts an integer sum to the sums of gradients and of curvatures. */
@inline
export function sumOf(whole: v128): v128 {
  return f64x2.mul(f64x2.convert_low_i32x4_s(whole), v128.load(quanta));
}

/** The number of rows in a sum. */
@inline
export function countOf(whole: v128): i32 {
  return i32x4.extract_lane(whole, 2);
}
