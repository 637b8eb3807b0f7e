// AssemblyScript. Chooses pairs of members and optimises their α.

import { columnOf, fold, kernelsOf } from './columns';
import { diagonalAt, nActive, numberAt, put, rowAt, setStatus } from './members';
import { againstSide, ofAlphas, ofBounds, ofDiagonal, ofSides, violations, withSide } from './memory';

const TINY: f32 = 1e-12;
/** The violation of the member found by `mostViolating`. */
let highest: f64 = 0;

/** The index of the member with the largest violation whose α can move with its side; negative if none can. */
export function mostViolating(): i32 {
  let best: i32 = -1;
  highest = -Infinity;
  for (let k = 0; k < nActive; k++) {
    const violation = numberAt(violations, k) + numberAt(withSide, k);
    if (violation > highest) {
      highest = violation;
      best = k;
    }
  }
  return best;
}

/** The index of the member that, paired with the first, decreases the objective most; negative if no pair violates optimality. */
export function partnerOf(first: i32, tolerance: f64): i32 {
  const kernels = kernelsOf(rowAt(first), -1);
  // Engines do not keep globals in registers through a loop; these are its arrays.
  const violationOf = violations;
  const against = againstSide;
  const diagonalOf = ofDiagonal;
  const n = <usize>nActive;
  const folded = <usize>fold;
  const most = f64x2.splat(highest);
  const own = f32x4.splat(diagonalAt(first));
  const two = f32x4.splat(2);
  const none = f32x4.splat(0);
  const tiny = f32x4.splat(TINY);
  let largestGap = none;
  let greatest = none;
  let places = i32x4.splat(-1);
  let here = i32x4(0, 1, 2, 3);
  for (let k: usize = 0; k < n; k += 4) {
    const at = k << 3;
    const low = gapOf(most, violationOf + at, against + at);
    const high = gapOf(most, violationOf + at + 16, against + at + 16);
    const gap = f32x4.pmax(none, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
    largestGap = f32x4.pmax(largestGap, gap);
    const both = f32x4.add(own, v128.load(diagonalOf + (k << 2)));
    const product = v128.load(kernels + ((k < folded ? k : k - folded) << 2));
    const curvature = f32x4.pmax(tiny, f32x4.sub(both, f32x4.mul(two, product)));
    const gain = f32x4.div(f32x4.mul(gap, gap), curvature);
    const isGreater = f32x4.gt(gain, greatest);
    greatest = f32x4.pmax(greatest, gain);
    places = v128.bitselect(here, places, isGreater);
    here = i32x4.add(here, i32x4.splat(4));
  }
  const largest = max(
    max(f32x4.extract_lane(largestGap, 0), f32x4.extract_lane(largestGap, 1)),
    max(f32x4.extract_lane(largestGap, 2), f32x4.extract_lane(largestGap, 3)),
  );
  if (<f64>largest < tolerance) return -1;
  let best = i32x4.extract_lane(places, 0);
  let gain = f32x4.extract_lane(greatest, 0);
  if (isBetter(f32x4.extract_lane(greatest, 1), gain, i32x4.extract_lane(places, 1), best)) {
    gain = f32x4.extract_lane(greatest, 1);
    best = i32x4.extract_lane(places, 1);
  }
  if (isBetter(f32x4.extract_lane(greatest, 2), gain, i32x4.extract_lane(places, 2), best)) {
    gain = f32x4.extract_lane(greatest, 2);
    best = i32x4.extract_lane(places, 2);
  }
  if (isBetter(f32x4.extract_lane(greatest, 3), gain, i32x4.extract_lane(places, 3), best)) {
    best = i32x4.extract_lane(places, 3);
  }
  return best;
}

/** The violation of optimality by each of two members paired with the one of the highest violation; the last two numbers are 0. */
@inline
function gapOf(most: v128, violation: usize, against: usize): v128 {
  return f32x4.demote_f64x2_zero(f64x2.sub(f64x2.sub(most, v128.load(violation)), v128.load(against)));
}

/** Ties are broken in favour of the lower index. */
@inline
function isBetter(value: f64, best: f64, place: i32, placeOfBest: i32): bool {
  return value > best || (value === best && <u32>place < <u32>placeOfBest);
}

/** Minimises over the α of two members, updates all gradients, and returns the result of `mostViolating`. */
export function movePair(first: i32, second: i32): i32 {
  kernelsOf(rowAt(second), rowAt(first));
  const kernelsA = kernelsOf(rowAt(first), rowAt(second));
  const kernelsB = kernelsOf(rowAt(second), rowAt(first));
  const sideA = numberAt(ofSides, first);
  const sideB = numberAt(ofSides, second);
  const oldA = numberAt(ofAlphas, first);
  const oldB = numberAt(ofAlphas, second);
  const boundA = numberAt(ofBounds, first);
  const boundB = numberAt(ofBounds, second);
  const both = <f64>diagonalAt(first) + <f64>diagonalAt(second);
  const curvature = max(both - 2 * <f64>load<f32>(kernelsA + ((<usize>columnOf(second)) << 2)), <f64>TINY);
  // The first moves by +t times its side, the second by -t times its own, with t limited by both bounds.
  let t = (numberAt(violations, first) - numberAt(violations, second)) / curvature;
  t = min(t, sideA > 0 ? boundA - oldA : oldA);
  t = min(t, sideB > 0 ? oldB : boundB - oldB);
  const newA = clamped(oldA + sideA * t, boundA);
  const newB = clamped(oldB - sideB * t, boundB);
  put(ofAlphas, first, newA);
  put(ofAlphas, second, newB);
  setStatus(first);
  setStatus(second);
  return update((newA - oldA) * sideA, (newB - oldB) * sideB, kernelsA, kernelsB);
}

function update(moveA: f64, moveB: f64, kernelsA: usize, kernelsB: usize): i32 {
  const n = <usize>nActive;
  const folded = <usize>fold;
  const violationOf = violations;
  const penaltyOf = withSide;
  const a = f64x2.splat(moveA);
  const b = f64x2.splat(moveB);
  let maxLow = f64x2.splat(-Infinity);
  let maxHigh = maxLow;
  let placesLow = i64x2.splat(-1);
  let placesHigh = placesLow;
  let here = i64x2(0, 1);
  for (let k: usize = 0; k < n; k += 4) {
    const column = (k < folded ? k : k - folded) << 2;
    const ofA = v128.load(kernelsA + column);
    const ofB = v128.load(kernelsB + column);
    const at = violationOf + (k << 3);
    const penalty = penaltyOf + (k << 3);
    const changeLow = f64x2.add(
      f64x2.mul(a, f64x2.promote_low_f32x4(ofA)),
      f64x2.mul(b, f64x2.promote_low_f32x4(ofB)),
    );
    const low = f64x2.sub(v128.load(at), changeLow);
    v128.store(at, low);
    const lowest = f64x2.add(low, v128.load(penalty));
    placesLow = v128.bitselect(here, placesLow, f64x2.gt(lowest, maxLow));
    maxLow = f64x2.pmax(maxLow, lowest);
    const changeHigh = f64x2.add(
      f64x2.mul(a, f64x2.promote_low_f32x4(v128.shuffle<i32>(ofA, ofA, 2, 3, 2, 3))),
      f64x2.mul(b, f64x2.promote_low_f32x4(v128.shuffle<i32>(ofB, ofB, 2, 3, 2, 3))),
    );
    const high = f64x2.sub(v128.load(at, 16), changeHigh);
    v128.store(at, high, 16);
    const highOnes = f64x2.add(high, v128.load(penalty, 16));
    placesHigh = v128.bitselect(here, placesHigh, f64x2.gt(highOnes, maxHigh));
    maxHigh = f64x2.pmax(maxHigh, highOnes);
    here = i64x2.add(here, i64x2.splat(4));
  }
  let best = <i32>i64x2.extract_lane(placesLow, 0);
  let most = f64x2.extract_lane(maxLow, 0);
  const second = <i32>i64x2.extract_lane(placesLow, 1);
  if (isBetter(f64x2.extract_lane(maxLow, 1), most, second, best)) {
    most = f64x2.extract_lane(maxLow, 1);
    best = second;
  }
  // A remainder of up to two.
  const third = <i32>i64x2.extract_lane(placesHigh, 0);
  if (third >= 0 && isBetter(f64x2.extract_lane(maxHigh, 0), most, third + 2, best)) {
    most = f64x2.extract_lane(maxHigh, 0);
    best = third + 2;
  }
  const fourth = <i32>i64x2.extract_lane(placesHigh, 1);
  if (fourth >= 0 && isBetter(f64x2.extract_lane(maxHigh, 1), most, fourth + 2, best)) {
    most = f64x2.extract_lane(maxHigh, 1);
    best = fourth + 2;
  }
  highest = most;
  return best;
}

/** Snaps values next to a bound to it, so that rounding leaves no row just off its bound. */
function clamped(alpha: f64, bound: f64): f64 {
  if (alpha <= bound * 1e-15) return 0;
  return alpha >= bound * (1 - 1e-15) ? bound : alpha;
}
