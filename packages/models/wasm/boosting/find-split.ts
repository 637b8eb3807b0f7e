// AssemblyScript. Finds the best splits of open leaves; each thread searches some of the features.

import { fork, nextPiece } from '../threads';
import { addSorted, clearSorted, keepSet, LEAST_CATEGORY, nTried, sortedAt } from './categories';
import { drawNodeFeatures } from './drawing';
import { gainOf, isLarge } from './gains';
import { finishSome, finishStart, histogramOf, nFinishPieces, offsetOf } from './histograms';
import {
  args,
  competes,
  groups,
  isCategory,
  isMonotone,
  l2,
  maxDepth,
  minSamplesLeaf,
  nFeatures,
  nNodeFeatures,
  nodeFeatures,
  noise,
  quanta,
  treeFeatures,
} from './memory';
import { NODE_DEPTH, NODE_GROUPS, nodeAt } from './nodes';
import { OFFER_AT, OFFER_DIRECTION, OFFER_LEFT, offer, offerOf } from './offers';
import { keep, OPEN_GAIN, OPEN_SLOT, OPEN_SUM, openAt, setOf } from './open-leaves';
import { countOf, sumOf } from './quantise';
import { normal } from './random';

/** The tolerance of the quick estimate of a gain: more than its rounding error. */
const SLACK: f64 = 1 - 1e-9;

// The gain from which the current thread searches for splits of either leaf.
let leastGain0: f64 = 0;
let leastGain1: f64 = 0;

/** The index of the two leaves in the arguments of the forked function. */
const LEAVES: usize = 24;

/** Finishes the latest histogram, and finds the best split of an open leaf, and of another one unless `other` is negative. */
export function findSplits(one: i32, other: i32): void {
  prepare(0, one);
  prepare(1, other);
  fork(searchFeatures, i32(noise > 0));
  choose(0, one);
  choose(1, other);
}

/** Draws the features considered for the split of a leaf; none if it cannot be split. */
function prepare(leaf: i32, place: i32): void {
  const competing = competes + leaf * nFeatures;
  memory.fill(competing, 0, nFeatures);
  store<i32>(args + ((<usize>leaf) << 2), place, LEAVES);
  if (place < 0) return;
  const at = openAt(place);
  const node = load<i32>(at);
  store<f64>(at, 0, OPEN_GAIN);
  const nHere = countOf(v128.load(at, OPEN_SUM));
  if (nHere < 2 * minSamplesLeaf || load<i32>(nodeAt(node), NODE_DEPTH) >= maxDepth) return;
  const allowed = load<u64>(nodeAt(node), NODE_GROUPS);
  drawNodeFeatures(node);
  for (let i = 0; i < nNodeFeatures; i++) {
    const feature = load<i32>(nodeFeatures + ((<usize>i) << 2));
    store<u8>(competing + feature, u8((allowed & load<u64>(groups + ((<usize>feature) << 3))) != 0));
  }
}

function searchFeatures(isNoisy: i32, thread: i32, nThreads: i32): void {
  leastGain0 = 0;
  leastGain1 = 0;
  const nPieces = nFinishPieces();
  for (let piece = nextPiece(); piece < nPieces; piece = nextPiece()) {
    const start = finishStart(piece);
    const end = finishStart(piece + 1);
    finishSome(start, end, thread);
    for (let i = start; i < end; i++) searchFeature(load<i32>(treeFeatures + ((<usize>i) << 2)), isNoisy, thread);
  }
}

function searchFeature(feature: i32, isNoisy: i32, thread: i32): void {
  for (let leaf = 0; leaf < 2; leaf++) {
    if (!load<u8>(competes + leaf * nFeatures + feature)) continue;
    const at = openAt(load<i32>(args + ((<usize>leaf) << 2), LEAVES));
    const to = offerOf(leaf, feature);
    store<f64>(to, 0);
    if (load<u8>(isCategory + feature)) scanCategories(to, at, feature, thread);
    else scanBins(to, at, feature, leaf == 0 ? leastGain0 : leastGain1);
    if (isNoisy) continue;
    // Without noise, the highest gain wins, and the first feature among equal gains; splits with less need no search.
    const gain = SLACK * load<f64>(to);
    if (leaf == 0) leastGain0 = max(leastGain0, gain);
    else leastGain1 = max(leastGain1, gain);
  }
}

/** Keeps the best offer of the features to a leaf. */
function choose(leaf: i32, place: i32): void {
  if (place < 0) return;
  const at = openAt(place);
  const node = load<i32>(at);
  const whole = wholeOf(at, 0);
  // The random numbers for noise follow those for features.
  if (noise > 0) drawNodeFeatures(node);
  let best: f64 = noise > 0 ? -Infinity : 0;
  let chosen = -1;
  for (let feature = 0; feature < nFeatures; feature++) {
    if (!load<u8>(competes + leaf * nFeatures + feature)) continue;
    const gain = load<f64>(offerOf(leaf, feature));
    if (gain == 0) continue;
    const score = noise > 0 ? Math.sqrt(gain + whole) + noise * normal() : gain;
    if (score <= best) continue;
    best = score;
    chosen = feature;
  }
  if (chosen < 0) return;
  const from = offerOf(leaf, chosen);
  const last = load<i32>(from, OFFER_AT);
  const direction = load<i32>(from, OFFER_DIRECTION);
  const isSet = load<u8>(isCategory + chosen) == 1;
  keep(place, chosen, isSet ? 0 : last, !isSet && direction == 1, load<f64>(from), v128.load(from, OFFER_LEFT));
  if (!isSet) return;
  sortCategories(at, chosen, 0);
  keepSet(setOf(place), direction, last);
}

@inline
function wholeOf(at: usize, feature: i32): f64 {
  return gainOf(load<i32>(at), feature, sumOf(v128.load(at, OPEN_SUM)), f64x2(0, 0), true);
}

@inline
function sumsOf(at: usize, feature: i32): usize {
  return histogramOf(load<i32>(at, OPEN_SLOT)) + (offsetOf(feature) << 4);
}

/**
 * Tries a split after each bin of a numeric feature, with the missing values on either side. A quick estimate for two bins at a time, with
 * multiplications instead of divisions, selects those whose gain may exceed the best so far and `leastGain`.
 */
function scanBins(to: usize, at: usize, feature: i32, leastGain: f64): void {
  const node = load<i32>(at);
  const nBins = <i32>(offsetOf(feature + 1) - offsetOf(feature)) - 1;
  const sums = sumsOf(at, feature);
  const missing = v128.load(sums + ((<usize>nBins) << 4));
  const nMissing = countOf(missing);
  const all = v128.load(at, OPEN_SUM);
  const nHere = countOf(all);
  const total = sumOf(all);
  const whole = wholeOf(at, feature);
  const gradientQuantum = v128.load64_splat(quanta);
  const curvatureQuantum = v128.load64_splat(quanta + 8);
  const gradientTotal = f64x2.splat(f64x2.extract_lane(total, 0));
  const curvatureTotal = f64x2.splat(f64x2.extract_lane(total, 1));
  const least = f64x2.splat(l2 + 1e-300);
  const nScans = nMissing > 0 ? 2 : 1;
  let best = leastGain > 0 || isMonotone ? leastGain : SLACK * coarseGain(sums, nBins, at, whole);
  for (let scan = 0; scan < nScans; scan++) {
    let left = scan == 1 ? missing : i32x4(0, 0, 0, 0);
    // With the missing values on the right, there is a split between all known values and them.
    const nSplits = nMissing > 0 && scan == 0 ? nBins : nBins - 1;
    // If the values of leaves are bounded, any split may be the best.
    let enough = f64x2.splat(isMonotone ? -Infinity : SLACK * (whole + best));
    for (let bin = 0; bin < nSplits; bin += 2) {
      const place = sums + ((<usize>bin) << 4);
      const first = i32x4.add(left, v128.load(place));
      // With an odd number of splits, the last is paired with the bin after it, without effect.
      left = i32x4.add(first, v128.load(place, 16));
      const both = i32x4.shuffle(first, left, 0, 4, 1, 5);
      const gradients = f64x2.mul(f64x2.convert_low_i32x4_s(both), gradientQuantum);
      const curvatures = f64x2.mul(f64x2.convert_low_i32x4_s(i64x2.shuffle(both, both, 1, 1)), curvatureQuantum);
      const rightGradients = f64x2.sub(gradientTotal, gradients);
      const denominators = f64x2.add(curvatures, least);
      const rightDenominators = f64x2.add(f64x2.sub(curvatureTotal, curvatures), least);
      const gains = f64x2.add(
        f64x2.mul(f64x2.mul(gradients, gradients), rightDenominators),
        f64x2.mul(f64x2.mul(rightGradients, rightGradients), denominators),
      );
      const mask = f64x2.gt(gains, f64x2.mul(f64x2.mul(denominators, rightDenominators), enough));
      if (!v128.any_true(mask)) continue;
      for (let i = 0; i < 2 && bin + i < nSplits; i++) {
        if (countOf(v128.load(place + (i << 4))) == 0) continue;
        const here = i == 0 ? first : left;
        const count = countOf(here);
        if (count < minSamplesLeaf || nHere - count < minSamplesLeaf) continue;
        const leftSum = sumOf(here);
        const rightSum = f64x2.sub(total, leftSum);
        const gain = gainOf(node, feature, leftSum, rightSum, false) - whole;
        if (gain > best && isLarge(leftSum, rightSum)) {
          best = gain;
          if (!isMonotone) enough = f64x2.splat(SLACK * (whole + best));
          // If no values were missing, later missing values go where most rows went.
          const missingLeft = nMissing > 0 ? scan == 1 : count > nHere - count;
          offer(to, gain, bin + i, i32(missingLeft), here);
        }
      }
    }
  }
}

/** The distance in bins between the splits of the coarse search. */
const COARSE: i32 = 16;

/** The highest gain of the coarse splits of a leaf, with missing values on the right. */
function coarseGain(sums: usize, nBins: i32, at: usize, whole: f64): f64 {
  const node = load<i32>(at);
  const all = v128.load(at, OPEN_SUM);
  const total = sumOf(all);
  let left = i32x4(0, 0, 0, 0);
  let best: f64 = 0;
  for (let bin = COARSE; bin < nBins; bin += COARSE) {
    for (let i = bin - COARSE; i < bin; i++) left = i32x4.add(left, v128.load(sums + ((<usize>i) << 4)));
    const count = countOf(left);
    if (count < minSamplesLeaf || countOf(all) - count < minSamplesLeaf) continue;
    const leftSum = sumOf(left);
    const rightSum = f64x2.sub(total, leftSum);
    if (isLarge(leftSum, rightSum)) best = max(best, gainOf(node, 0, leftSum, rightSum, false) - whole);
  }
  return best;
}

/** Sorts the categories of a leaf. */
function sortCategories(at: usize, feature: i32, thread: i32): void {
  const nBins = <i32>(offsetOf(feature + 1) - offsetOf(feature));
  const sums = sumsOf(at, feature);
  const all = v128.load(at, OPEN_SUM);
  const rowsPerCurvature = <f64>countOf(all) / f64x2.extract_lane(sumOf(all), 1);
  clearSorted(thread);
  for (let bin = 0; bin < nBins; bin++) {
    const here = v128.load(sums + ((<usize>bin) << 4));
    if (countOf(here) == 0) continue;
    const sum = sumOf(here);
    if (f64x2.extract_lane(sum, 1) * rowsPerCurvature >= LEAST_CATEGORY) addSorted(bin, sum);
  }
}

/** Tries sets of categories of a feature. */
function scanCategories(to: usize, at: usize, feature: i32, thread: i32): void {
  const node = load<i32>(at);
  const sums = sumsOf(at, feature);
  const all = v128.load(at, OPEN_SUM);
  const nHere = countOf(all);
  const total = sumOf(all);
  const whole = wholeOf(at, feature);
  sortCategories(at, feature, thread);
  let best: f64 = 0;
  for (let direction = 0; direction < 2; direction++) {
    let left = i32x4(0, 0, 0, 0);
    for (let i = 0; i < nTried(); i++) {
      left = i32x4.add(left, v128.load(sums + ((<usize>sortedAt(direction, i)) << 4)));
      const count = countOf(left);
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const leftSum = sumOf(left);
      const rightSum = f64x2.sub(total, leftSum);
      const gain = gainOf(node, feature, leftSum, rightSum, false) - whole;
      if (gain > best && isLarge(leftSum, rightSum)) {
        best = gain;
        offer(to, gain, i, direction, left);
      }
    }
  }
}
