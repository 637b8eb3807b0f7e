// AssemblyScript. The gain of splits.

import { isMonotone, l2, minCurvature, monotone } from './memory';
import { NODE_LOWER, NODE_UPPER, nodeAt, valueOf } from './nodes';

/** Whether both sides of a split have enough curvature. */
@inline
export function isLarge(left: v128, right: v128): bool {
  return min(f64x2.extract_lane(left, 1), f64x2.extract_lane(right, 1)) >= minCurvature;
}

/**
 * Twice the gain of a split into two sums: `G² / (H + l2)` of each side if their values are free, and in general `-2 G v - (H + l2) v²`
 * with the value v within the bounds. A split that violates a monotonic constraint has no gain.
 */
@inline
export function gainOf(node: i32, feature: i32, left: v128, right: v128, isWhole: bool): f64 {
  if (!isMonotone) {
    const gradientSums = i64x2.shuffle(left, right, 0, 2);
    const curvatures = f64x2.add(i64x2.shuffle(left, right, 1, 3), f64x2.splat(l2 + 1e-300));
    const gains = f64x2.div(f64x2.mul(gradientSums, gradientSums), curvatures);
    return f64x2.extract_lane(gains, 0) + f64x2.extract_lane(gains, 1);
  }
  return boundedGain(node, feature, left, right, isWhole);
}

function boundedGain(node: i32, feature: i32, left: v128, right: v128, isWhole: bool): f64 {
  const lower = load<f64>(nodeAt(node), NODE_LOWER);
  const upper = load<f64>(nodeAt(node), NODE_UPPER);
  const leftValue = valueOf(left, lower, upper);
  const rightValue = valueOf(right, lower, upper);
  const direction = <i32>load<i8>(monotone + feature);
  if (!isWhole && direction != 0 && (rightValue - leftValue) * <f64>direction < 0) return -Infinity;
  return sideGain(left, leftValue) + sideGain(right, rightValue);
}

@inline
function sideGain(sum: v128, value: f64): f64 {
  return -2 * f64x2.extract_lane(sum, 0) * value - (f64x2.extract_lane(sum, 1) + l2) * value * value;
}
