// AssemblyScript. The regression losses, with gradient and curvature in each row. Poisson, gamma and Tweedie losses are half the deviance,
// up to terms that do not depend on the score, which is the logarithm of the prediction.

import { amounts, gradients, levels, lossKind, lossParameter, nHeldOut, nOutputs, nRows, rowWeights, scores } from './memory';

// Numbered as in src/boosting/booster.ts.
const SQUARED_ERROR: i32 = 1;
export const QUANTILE: i32 = 2;
export const HUBER: i32 = 3;
const POISSON: i32 = 4;
const GAMMA: i32 = 5;

/** Keeps steps finite if all rows of a leaf have zero curvature. */
const LEAST_CURVATURE: f64 = 1e-16;

export function amountGradients(start: usize, end: usize): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  for (let k: usize = 0; k < <usize>nOutputs; k++) {
    for (let row = start; row < end; row++) {
      const y = load<f64>(amounts + (row << 3));
      const score = load<f64>(scores + ((k * nAll + row) << 3));
      const weight = load<f64>(rowWeights + (row << 3));
      v128.store(gradients + ((k * nRows + row) << 4), f64x2.mul(stepOf(y, score, k), f64x2.splat(weight)));
    }
  }
}

/**
 * Gradient and curvature at a score. If the loss has no useful curvature, 1 replaces it, and the values of leaves are renewed afterwards.
 */
function stepOf(y: f64, score: f64, output: usize): v128 {
  switch (lossKind) {
    case SQUARED_ERROR:
      return f64x2(score - y, 1);
    case QUANTILE: {
      const level = load<f64>(levels + (output << 3));
      // In units of their standard deviation, so that extreme quantile levels find splits as well as central ones.
      const spread = Math.sqrt(level * (1 - level));
      return f64x2((y > score ? -level : y < score ? 1 - level : 0) / spread, 1);
    }
    case HUBER:
      return f64x2(min(max(score - y, -lossParameter), lossParameter), 1);
    case POISSON: {
      const mean = Math.exp(score);
      return f64x2(mean - y, max(mean, LEAST_CURVATURE));
    }
    case GAMMA: {
      const ratio = y * Math.exp(-score);
      return f64x2(1 - ratio, max(ratio, LEAST_CURVATURE));
    }
    default: {
      const p = lossParameter;
      const first = y * Math.exp((1 - p) * score);
      const second = Math.exp((2 - p) * score);
      return f64x2(second - first, max((2 - p) * second + (p - 1) * first, LEAST_CURVATURE));
    }
  }
}

/** The loss of a row, summed over all outputs. */
export function amountLossOf(row: usize, nAll: usize): f64 {
  const y = load<f64>(amounts + (row << 3));
  let sum: f64 = 0;
  for (let k: usize = 0; k < <usize>nOutputs; k++) sum += lossOf(y, load<f64>(scores + ((k * nAll + row) << 3)), k);
  return sum;
}

function lossOf(y: f64, score: f64, output: usize): f64 {
  const residual = y - score;
  switch (lossKind) {
    case SQUARED_ERROR:
      return residual * residual;
    case QUANTILE: {
      const level = load<f64>(levels + (output << 3));
      return residual > 0 ? level * residual : (level - 1) * residual;
    }
    case HUBER: {
      const size = Math.abs(residual);
      return size <= lossParameter ? 0.5 * size * size : lossParameter * (size - 0.5 * lossParameter);
    }
    case POISSON:
      return Math.exp(score) - y * score;
    case GAMMA:
      return score + y * Math.exp(-score);
    default: {
      const p = lossParameter;
      return (y * Math.exp((1 - p) * score)) / (p - 1) + Math.exp((2 - p) * score) / (2 - p);
    }
  }
}
