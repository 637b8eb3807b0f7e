// AssemblyScript. The log loss, and its gradient and curvature in each row.

import { expOf } from '../exponential';
import { fork, nextPiece } from '../threads';
import { BLOCK, blockSums, classes, gradients, nHeldOut, nOutputs, nRows, rowWeights, scores } from './memory';

/**
 * Computes gradient and curvature of the log loss in each row, weighted, for all outputs: `p - y` and `p (1 - p)`, with p the
 * sigmoid of the score of one output, or the softmax of several.
 */
export function computeGradients(): void {
  fork(computeBlocks, 0, nRows > BLOCK);
}

function computeBlocks(_: i32, thread: i32, nThreads: i32): void {
  for (let start = BLOCK * nextPiece(); start < nRows; start = BLOCK * nextPiece()) {
    computeRows(start, min(start + BLOCK, nRows));
  }
}

function computeRows(start: usize, end: usize): void {
  if (nOutputs == 1) {
    for (let row = start; row < end; row += 2) {
      const p = sigmoid(row + 1 < end ? v128.load(scores + (row << 3)) : v128.load64_splat(scores + (row << 3)));
      setGradient(row, f64x2.extract_lane(p, 0));
      if (row + 1 < end) setGradient(row + 1, f64x2.extract_lane(p, 1));
    }
    return;
  }
  const nAll: usize = <usize>nRows + nHeldOut;
  for (let row = start; row < end; row++) {
    const weight = load<f64>(rowWeights + (row << 3));
    const code = <i32>load<u8>(classes + row);
    const normaliser = logSumExp(row, nAll);
    for (let k: usize = 0; k < <usize>nOutputs; k++) {
      const p = Math.exp(load<f64>(scores + ((k * nAll + row) << 3)) - normaliser);
      const g = (p - f64(i32(<i32>k == code))) * weight;
      v128.store(gradients + ((k * nRows + row) << 4), f64x2(g, max(p * (1 - p), 1e-16) * weight));
    }
  }
}

@inline
function setGradient(row: usize, p: f64): void {
  const weight = load<f64>(rowWeights + (row << 3));
  const g = (p - <f64>load<u8>(classes + row)) * weight;
  v128.store(gradients + (row << 4), f64x2(g, max(p * (1 - p), 1e-16) * weight));
}

/** The sigmoid of two scores. */
@inline
function sigmoid(scores: v128): v128 {
  const small = expOf(f64x2.neg(f64x2.abs(scores)));
  const isNegative = f64x2.lt(scores, f64x2.splat(0));
  return f64x2.div(v128.bitselect(small, f64x2.splat(1), isNegative), f64x2.add(f64x2.splat(1), small));
}

/** The log loss of the rows, weighted: of those learned from, or of those held out. */
export function loss(ofHeldOut: bool): f64 {
  fork(addLosses, i32(ofHeldOut), (ofHeldOut ? nHeldOut : nRows) > BLOCK);
  const nHere = ofHeldOut ? nHeldOut : nRows;
  let sums = f64x2(0, 0);
  for (let block = 0; block * BLOCK < nHere; block++) {
    sums = f64x2.add(sums, v128.load(blockSums + ((<usize>block) << 4)));
  }
  return f64x2.extract_lane(sums, 0) / f64x2.extract_lane(sums, 1);
}

function addLosses(ofHeldOut: i32, thread: i32, nThreads: i32): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  const first: usize = ofHeldOut ? nRows : 0;
  const nHere = ofHeldOut ? nHeldOut : nRows;
  for (let block = nextPiece(); block * BLOCK < nHere; block = nextPiece()) {
    let sum: f64 = 0;
    let total: f64 = 0;
    const end = first + min(block * BLOCK + BLOCK, nHere);
    for (let row = first + block * BLOCK; row < end; row++) {
      const weight = load<f64>(rowWeights + (row << 3));
      const code = <usize>load<u8>(classes + row);
      if (nOutputs == 1) {
        const score = load<f64>(scores + (row << 3));
        sum += weight * (max(score, 0) - (code == 1 ? score : 0) + Math.log1p(Math.exp(-Math.abs(score))));
      } else {
        sum += weight * (logSumExp(row, nAll) - load<f64>(scores + ((code * nAll + row) << 3)));
      }
      total += weight;
    }
    v128.store(blockSums + ((<usize>block) << 4), f64x2(sum, total));
  }
}

function logSumExp(row: usize, nAll: usize): f64 {
  let largest = -Infinity;
  for (let k: usize = 0; k < <usize>nOutputs; k++) {
    largest = max(largest, load<f64>(scores + ((k * nAll + row) << 3)));
  }
  let sum: f64 = 0;
  for (let k: usize = 0; k < <usize>nOutputs; k++) {
    sum += Math.exp(load<f64>(scores + ((k * nAll + row) << 3)) - largest);
  }
  return largest + Math.log(sum);
}
