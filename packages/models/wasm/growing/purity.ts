// AssemblyScript. The quality of a split: how much purer its sides are than the node.

import { criterion, GINI, POISSON, SQUARED_ERROR, table, TABLE_SIZE } from './memory';

/** The mean target value of the current node. */
let mean: f64 = 0;

/** Call it for each node in regression, with the weight and the weighted sum of its target values. */
export function setMean(weight: f64, sum: f64): void {
  mean = sum / weight;
}

/** One division serves both sides. */
@inline
export function giniOf(left: v128, right: v128): f64 {
  const leftSquares = f64x2.mul(left, left);
  const rightSquares = f64x2.mul(right, right);
  const squares = f64x2.add(
    v128.shuffle<f64>(leftSquares, rightSquares, 0, 2),
    v128.shuffle<f64>(leftSquares, rightSquares, 1, 3),
  );
  const sums = f64x2.add(v128.shuffle<f64>(left, right, 0, 2), v128.shuffle<f64>(left, right, 1, 3));
  const both = f64x2.div(squares, sums);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

@inline
export function entropyOf(weights: v128): f64 {
  const first = f64x2.extract_lane(weights, 0);
  const second = f64x2.extract_lane(weights, 1);
  return xLogX(first) + xLogX(second) - xLogX(first + second);
}

/** The purity of two sides, each given by the weight and the weighted sum of target values. */
@inline
export function purityOfAmounts(left: v128, right: v128): f64 {
  return purityOfSums(
    f64x2.extract_lane(left, 0),
    f64x2.extract_lane(left, 1),
    f64x2.extract_lane(right, 0),
    f64x2.extract_lane(right, 1),
  );
}

/**
 * For the squared error, the decrease of its sum by a split, divided by the weight of the node: `d² / (w_l w_r)`, where d is the sum of a
 * side minus its weight times the mean of the node. Unlike `Σ² / w`, it does not cancel if the mean is far from 0. For the Poisson
 * deviance, minus half its sum, up to a term that does not depend on the split: `Σ_l ln(Σ_l / w_l) + Σ_r ln(Σ_r / w_r)`; no side may be all
 * zeros, whose logarithm is infinite.
 */
@inline
export function purityOfSums(weightLeft: f64, sumLeft: f64, weightRight: f64, sumRight: f64): f64 {
  if (criterion == POISSON) {
    if (sumLeft <= 0 || sumRight <= 0) return -Infinity;
    return sumLeft * Math.log(sumLeft / weightLeft) + sumRight * Math.log(sumRight / weightRight);
  }
  // From the lighter side, which has the smaller rounding error.
  const away = weightLeft < weightRight ? sumLeft - weightLeft * mean : sumRight - weightRight * mean;
  return (away * away) / (weightLeft * weightRight);
}

/** The purity of two sides, whose sums are contiguous. */
export function purityOfSides(left: usize, right: usize, nSums: i32): f64 {
  if (criterion >= SQUARED_ERROR) return purityOfAmounts(v128.load(left), v128.load(right));
  return purityOfClasses(left, nSums) + purityOfClasses(right, nSums);
}

function purityOfClasses(side: usize, nClasses: i32): f64 {
  const isGini = criterion == GINI;
  let total: f64 = 0;
  let sum: f64 = 0;
  for (let k: usize = 0; k < <usize>nClasses << 3; k += 8) {
    const weight = load<f64>(side + k);
    total += weight;
    sum += isGini ? weight * weight : xLogX(weight);
  }
  return isGini ? sum / total : sum - xLogX(total);
}

/** `x ln x`, and its limit 0 at 0. */
@inline
export function xLogX(x: f64): f64 {
  if (x < <f64>TABLE_SIZE) {
    if (x <= 0) return 0;
    const whole = <i32>x;
    if (<f64>whole == x) return load<f64>(table + ((<usize>whole) << 3));
  }
  return x * Math.log(x);
}
