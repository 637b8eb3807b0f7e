// AssemblyScript. Finds the common split of all open leaves with the highest total gain.

import { fork, nextPiece } from '../threads';
import { addSorted, clearSorted, keepSet, LEAST_CATEGORY, nTried, sortedAt } from './categories';
import { drawNodeFeatures } from './drawing';
import { gainOf, isLarge } from './gains';
import { histogramOf } from './histograms';
import {
  groups,
  hasMissing,
  isCategory,
  isMonotone,
  l2,
  levelScores,
  nNodeFeatures,
  nodeFeatures,
  noise,
  offsets,
} from './memory';
import { NODE_GROUPS, nodeAt } from './nodes';
import { OFFER_AT, OFFER_DIRECTION, offer, offerOf } from './offers';
import {
  keep,
  LEAST_GAIN,
  nOpen,
  OPEN_BIN,
  OPEN_FEATURE,
  OPEN_MISSING_LEFT,
  OPEN_SLOT,
  OPEN_SUM,
  openAt,
  setOf,
  tried,
} from './open-leaves';
import { countOf, sumOf } from './quantise';
import { normal } from './random';

/** The number of scores per direction. */
const DIRECTION: i32 = 256;

/** Finds the best split of a level and keeps it as the tried one; false if no split has a gain. */
export function findLevelSplit(depth: i32): bool {
  drawNodeFeatures(depth);
  fork(searchFeatures, nOpen);
  let whole: f64 = 0;
  for (let place = 0; place < nOpen; place++) whole += wholeOf(place);
  let isFound = false;
  let best: f64 = 0;
  for (let i = 0; i < nNodeFeatures; i++) {
    const feature = load<i32>(nodeFeatures + ((<usize>i) << 2));
    const from = offerOf(0, feature);
    const both = load<f64>(from);
    const gain = both - whole;
    if (gain <= LEAST_GAIN) continue;
    const score = noise > 0 ? Math.sqrt(both) + noise * normal() : gain;
    if (isFound && score <= best) continue;
    isFound = true;
    best = score;
    const isSet = load<u8>(isCategory + feature) == 1;
    const last = load<i32>(from, OFFER_AT);
    const direction = load<i32>(from, OFFER_DIRECTION);
    keep(tried(), feature, isSet ? 0 : last, direction == 1, gain, i32x4(0, 0, 0, 0));
    if (isSet) {
      sortCategories(nOpen, feature, 0);
      keepSet(setOf(tried()), direction, last);
    } else if (!load<u8>(hasMissing + feature)) keepMissingLeft();
  }
  return isFound;
}

function searchFeatures(nLeaves: i32, thread: i32, nThreads: i32): void {
  for (let i = nextPiece(); i < nNodeFeatures; i = nextPiece()) {
    const feature = load<i32>(nodeFeatures + ((<usize>i) << 2));
    if (load<u8>(isCategory + feature)) scanCategories(nLeaves, feature, thread);
    else scanBins(nLeaves, feature, thread);
  }
}

/** The left sum of an open leaf for the tried split. */
export function triedLeft(place: i32): v128 {
  const at = openAt(tried());
  const feature = load<i32>(at, OPEN_FEATURE);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset;
  const sums = histogramOf(load<i32>(openAt(place), OPEN_SLOT)) + ((<usize>offset) << 4);
  let left = i32x4(0, 0, 0, 0);
  if (load<u8>(isCategory + feature)) {
    const set = setOf(tried());
    for (let bin = 0; bin < nBins; bin++) {
      const isMember = (load<u32>(set + ((<usize>bin >>> 5) << 2)) >>> (bin & 31)) & 1;
      if (isMember) left = i32x4.add(left, v128.load(sums + ((<usize>bin) << 4)));
    }
    return left;
  }
  if (load<i32>(at, OPEN_MISSING_LEFT) && load<u8>(hasMissing + feature)) {
    left = v128.load(sums + ((<usize>(nBins - 1)) << 4));
  }
  const last = load<i32>(at, OPEN_BIN);
  for (let bin = 0; bin <= last; bin++) left = i32x4.add(left, v128.load(sums + ((<usize>bin) << 4)));
  return left;
}

/** Whether a leaf can be split by a feature; not if a side would be too small, or if the feature is not allowed there. */
export function canSplit(place: i32, feature: i32, left: v128, right: v128): bool {
  const node = load<i32>(openAt(place));
  const leftSum = sumOf(left);
  const rightSum = sumOf(right);
  return (
    isAllowed(node, feature) &&
    isLarge(leftSum, rightSum) &&
    (!isMonotone || gainOf(node, feature, leftSum, rightSum, false) > -Infinity)
  );
}

@inline
function isAllowed(node: i32, feature: i32): bool {
  return (load<u64>(nodeAt(node), NODE_GROUPS) & load<u64>(groups + ((<usize>feature) << 3))) != 0;
}

@inline
function wholeOf(place: i32): f64 {
  const at = openAt(place);
  return gainOf(load<i32>(at), 0, sumOf(v128.load(at, OPEN_SUM)), f64x2(0, 0), true);
}

/** If no values are missing, later missing values go where most rows go. */
function keepMissingLeft(): void {
  let balance: f64 = 0;
  for (let place = 0; place < nOpen; place++) {
    const left = sumOf(triedLeft(place));
    balance += 2 * f64x2.extract_lane(left, 1) - f64x2.extract_lane(sumOf(v128.load(openAt(place), OPEN_SUM)), 1);
  }
  store<i32>(openAt(tried()), i32(balance > 0), OPEN_MISSING_LEFT);
}

@inline
function scoreAt(thread: i32, direction: i32, i: i32): usize {
  return levelScores + ((<usize>(DIRECTION * (2 * thread + direction) + i)) << 3);
}

function clearScores(thread: i32): void {
  memory.fill(scoreAt(thread, 0, 0), 0, 8 * 2 * DIRECTION);
}

@inline
function addScore(thread: i32, direction: i32, i: i32, score: f64): void {
  const at = scoreAt(thread, direction, i);
  store<f64>(at, load<f64>(at) + score);
}

/** The score of both sides of a split, or of the leaf if it cannot be split. */
@inline
function sidesScore(node: i32, feature: i32, left: v128, total: v128, whole: f64): f64 {
  const right = f64x2.sub(total, left);
  let score: f64;
  if (!isMonotone) {
    const gradientSums = i64x2.shuffle(left, right, 0, 2);
    const curvatures = f64x2.add(i64x2.shuffle(left, right, 1, 3), f64x2.splat(l2 + 1e-300));
    const scores = f64x2.div(f64x2.mul(gradientSums, gradientSums), curvatures);
    score = f64x2.extract_lane(scores, 0) + f64x2.extract_lane(scores, 1);
  } else {
    score = gainOf(node, feature, left, right, false);
    if (score == -Infinity) return whole;
  }
  return select(score, whole, isLarge(left, right));
}

/** Offers the split with the highest score among `nScores` in each direction. */
function offerHighest(feature: i32, thread: i32, nScores: i32, nDirections: i32): void {
  const to = offerOf(0, feature);
  let highest: f64 = 0;
  store<f64>(to, 0);
  for (let direction = 0; direction < nDirections; direction++) {
    for (let i = 0; i < nScores; i++) {
      const score = load<f64>(scoreAt(thread, direction, i));
      if (score <= highest) continue;
      highest = score;
      offer(to, score, i, direction, i32x4(0, 0, 0, 0));
    }
  }
}

/** Tries a split after each bin of a numeric feature, with the missing values on the right (direction 0) or on the left (1). */
function scanBins(nLeaves: i32, feature: i32, thread: i32): void {
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset - 1;
  const isMissing = load<u8>(hasMissing + feature) == 1;
  // With the missing values on the right, there is a split between all known values and them.
  const nSplits = isMissing ? nBins : nBins - 1;
  const nDirections = isMissing ? 2 : 1;
  clearScores(thread);
  for (let place = 0; place < nLeaves; place++) {
    const at = openAt(place);
    const node = load<i32>(at);
    const sums = histogramOf(load<i32>(at, OPEN_SLOT)) + ((<usize>offset) << 4);
    const total = sumOf(v128.load(at, OPEN_SUM));
    const whole = wholeOf(place);
    const isFree = isAllowed(node, feature);
    for (let direction = 0; direction < nDirections; direction++) {
      let left = direction == 1 ? v128.load(sums + ((<usize>nBins) << 4)) : i32x4(0, 0, 0, 0);
      for (let bin = 0; bin < nSplits; bin++) {
        left = i32x4.add(left, v128.load(sums + ((<usize>bin) << 4)));
        addScore(thread, direction, bin, isFree ? sidesScore(node, feature, sumOf(left), total, whole) : whole);
      }
    }
  }
  offerHighest(feature, thread, nSplits, nDirections);
}

/** Sorts the categories of a feature by the gradients that the leaves leave unexplained. */
function sortCategories(nLeaves: i32, feature: i32, thread: i32): void {
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset;
  let nHere = 0;
  let curvature: f64 = 0;
  for (let place = 0; place < nLeaves; place++) {
    const at = openAt(place);
    const all = v128.load(at, OPEN_SUM);
    nHere += countOf(all);
    curvature += f64x2.extract_lane(sumOf(all), 1);
  }
  const rowsPerCurvature = <f64>nHere / curvature;
  clearSorted(thread);
  for (let bin = 0; bin < nBins; bin++) {
    // The gradients that would remain after a step in each leaf.
    let rest = f64x2(0, 0);
    for (let place = 0; place < nLeaves; place++) {
      const at = openAt(place);
      const total = sumOf(v128.load(at, OPEN_SUM));
      const here = sumOf(v128.load(histogramOf(load<i32>(at, OPEN_SLOT)) + ((<usize>(offset + bin)) << 4)));
      const step = f64x2.extract_lane(total, 0) / (f64x2.extract_lane(total, 1) + 1e-300);
      const change = f64x2(step * f64x2.extract_lane(here, 1), 0);
      rest = f64x2.add(rest, f64x2.sub(here, change));
    }
    if (f64x2.extract_lane(rest, 1) * rowsPerCurvature >= LEAST_CATEGORY) addSorted(bin, rest);
  }
}

/** Tries sets of categories of a feature. */
function scanCategories(nLeaves: i32, feature: i32, thread: i32): void {
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  sortCategories(nLeaves, feature, thread);
  clearScores(thread);
  for (let place = 0; place < nLeaves; place++) {
    const at = openAt(place);
    const node = load<i32>(at);
    const sums = histogramOf(load<i32>(at, OPEN_SLOT)) + ((<usize>offset) << 4);
    const total = sumOf(v128.load(at, OPEN_SUM));
    const whole = wholeOf(place);
    const isFree = isAllowed(node, feature);
    for (let direction = 0; direction < 2; direction++) {
      let left = i32x4(0, 0, 0, 0);
      for (let i = 0; i < nTried(); i++) {
        left = i32x4.add(left, v128.load(sums + ((<usize>sortedAt(direction, i)) << 4)));
        addScore(thread, direction, i, isFree ? sidesScore(node, feature, sumOf(left), total, whole) : whole);
      }
    }
  }
  offerHighest(feature, thread, nTried(), 2);
}
