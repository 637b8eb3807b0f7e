// AssemblyScript. The loss, with its gradient and curvature in each row.

import { fork, nextPiece } from '../threads';
import { amountGradients, amountLossOf } from './amount-losses';
import { logLossGradients, logLossOf } from './log-loss';
import { BLOCK, blockSums, lossKind, nHeldOut, nRows, rowWeights } from './memory';

/** The log loss; all other numbers are regression losses. */
const LOG_LOSS: i32 = 0;

/** Computes the weighted gradient and curvature of the loss in each row, for all outputs. */
export function computeGradients(): void {
  fork(computeBlocks, 0, nRows > BLOCK);
}

function computeBlocks(_: i32, thread: i32, nThreads: i32): void {
  for (let start = BLOCK * nextPiece(); start < nRows; start = BLOCK * nextPiece()) {
    const end = min(start + BLOCK, nRows);
    if (lossKind == LOG_LOSS) logLossGradients(start, end);
    else amountGradients(start, end);
  }
}

/** The weighted mean loss of the training rows or of the held-out rows. */
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
      sum += weight * (lossKind == LOG_LOSS ? logLossOf(row, nAll) : amountLossOf(row, nAll));
      total += weight;
    }
    v128.store(blockSums + ((<usize>block) << 4), f64x2(sum, total));
  }
}
