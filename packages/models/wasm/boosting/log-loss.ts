// AssemblyScript. The log loss, with its gradient and curvature in each row.

import { expOf } from '../exponential';
import { classes, gradients, nHeldOut, nOutputs, nRows, rowWeights, scores } from './memory';

/**
 * Computes the weighted gradient and curvature of the log loss in some rows, for all outputs: `p - y` and `p (1 - p)`, with p the sigmoid
 * of the score of one output, or the softmax of several.
 */
export function logLossGradients(start: usize, end: usize): void {
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

/** The log loss of a row. */
export function logLossOf(row: usize, nAll: usize): f64 {
  const code = <usize>load<u8>(classes + row);
  if (nOutputs > 1) return logSumExp(row, nAll) - load<f64>(scores + ((code * nAll + row) << 3));
  const score = load<f64>(scores + (row << 3));
  return max(score, 0) - (code == 1 ? score : 0) + Math.log1p(Math.exp(-Math.abs(score)));
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
