// AssemblyScript. Finds the best split of an open leaf.

import { gainOf } from './gains';
import { countsOf, histogramOf } from './histograms';
import { isCategory, maxDepth, minSamplesLeaf, nFeatures, offsets, openSets, ratios, sorted } from './memory';
import { NODE_DEPTH, NODE_END, NODE_START, nodeAt } from './nodes';
import { keep, OPEN_GAIN, OPEN_SLOT, OPEN_SUM, openAt } from './open-leaves';

/** A category of fewer rows than this, as its curvature counts them, has no side of its own; and how far ratios are drawn towards 0. */
const LEAST_CATEGORY: f64 = 10;
const LEAST_CURVATURE: f64 = 1e-3;
/** Finds the best split of an open leaf. */
export function findSplit(place: i32): void {
  const at = openAt(place);
  const node = nodeAt(load<i32>(at));
  store<f64>(at, 0, OPEN_GAIN);
  const nHere = load<i32>(node, NODE_END) - load<i32>(node, NODE_START);
  if (nHere < 2 * minSamplesLeaf || load<i32>(node, NODE_DEPTH) >= maxDepth) return;
  for (let feature = 0; feature < nFeatures; feature++) {
    if (load<u8>(isCategory + feature)) scanCategories(place, feature, nHere);
    else scanBins(place, feature, nHere);
  }
}

/** Tries a split after each bin of a numeric feature, with the missing values on either side. */
function scanBins(place: i32, feature: i32, nHere: i32): void {
  const at = openAt(place);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset - 1;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const nMissing = load<i32>(counts + ((<usize>nBins) << 2));
  const total = v128.load(at, OPEN_SUM);
  const whole = gainOf(at, feature, total, f64x2(0, 0), true);
  const nScans = nMissing > 0 ? 2 : 1;
  for (let scan = 0; scan < nScans; scan++) {
    let left = scan == 1 ? v128.load(sums + ((<usize>nBins) << 4)) : f64x2(0, 0);
    let count = scan == 1 ? nMissing : 0;
    // With the missing values on the right, there is a split between all known values and them.
    const nSplits = nMissing > 0 && scan == 0 ? nBins : nBins - 1;
    for (let bin = 0; bin < nSplits; bin++) {
      const here = load<i32>(counts + ((<usize>bin) << 2));
      if (here == 0) continue;
      left = f64x2.add(left, v128.load(sums + ((<usize>bin) << 4)));
      count += here;
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const right = f64x2.sub(total, left);
      if (f64x2.extract_lane(left, 1) < LEAST_CURVATURE || f64x2.extract_lane(right, 1) < LEAST_CURVATURE) continue;
      const gain = gainOf(at, feature, left, right, false) - whole;
      if (gain > load<f64>(at, OPEN_GAIN)) {
        // Where no value was missing, later ones go where most rows went.
        const missingLeft = nMissing > 0 ? scan == 1 : count > nHere - count;
        keep(at, feature, bin, missingLeft, count, gain, left);
      }
    }
  }
}

/**
 * Tries sets of categories of a feature: sorted by their ratio of gradient to curvature, the best set is the beginning or the end of
 * the row (Fisher 1958). Missing values are one of the categories; those too rare go right with what was never seen.
 */
function scanCategories(place: i32, feature: i32, nHere: i32): void {
  const at = openAt(place);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const total = v128.load(at, OPEN_SUM);
  const rowsPerCurvature = <f64>nHere / f64x2.extract_lane(total, 1);
  let nSorted = 0;
  for (let bin = 0; bin < nBins; bin++) {
    const sum = v128.load(sums + ((<usize>bin) << 4));
    if (load<i32>(counts + ((<usize>bin) << 2)) == 0) continue;
    if (f64x2.extract_lane(sum, 1) * rowsPerCurvature < LEAST_CATEGORY) continue;
    const ratio = f64x2.extract_lane(sum, 0) / (f64x2.extract_lane(sum, 1) + LEAST_CATEGORY);
    let to = nSorted;
    nSorted++;
    for (; to > 0 && load<f64>(ratios + ((<usize>(to - 1)) << 3)) > ratio; to--) {
      store<f64>(ratios + ((<usize>to) << 3), load<f64>(ratios + ((<usize>(to - 1)) << 3)));
      store<i32>(sorted + ((<usize>to) << 2), load<i32>(sorted + ((<usize>(to - 1)) << 2)));
    }
    store<f64>(ratios + ((<usize>to) << 3), ratio);
    store<i32>(sorted + ((<usize>to) << 2), bin);
  }
  const whole = gainOf(at, feature, total, f64x2(0, 0), true);
  // Taken from both ends up to the middle, each cut is tried once, and the categories left out are on the side of the most.
  const nTried = (nSorted + 1) >> 1;
  for (let direction = 0; direction < 2; direction++) {
    let left = f64x2(0, 0);
    let count = 0;
    for (let i = 0; i < nTried; i++) {
      const bin = load<i32>(sorted + ((<usize>(direction == 0 ? i : nSorted - 1 - i)) << 2));
      left = f64x2.add(left, v128.load(sums + ((<usize>bin) << 4)));
      count += load<i32>(counts + ((<usize>bin) << 2));
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const right = f64x2.sub(total, left);
      if (f64x2.extract_lane(left, 1) < LEAST_CURVATURE || f64x2.extract_lane(right, 1) < LEAST_CURVATURE) continue;
      const gain = gainOf(at, feature, left, right, false) - whole;
      if (gain > load<f64>(at, OPEN_GAIN)) {
        keep(at, feature, 0, false, count, gain, left);
        const set = openSets + 32 * <usize>place;
        memory.fill(set, 0, 32);
        for (let j = 0; j <= i; j++) {
          const member = load<i32>(sorted + ((<usize>(direction == 0 ? j : nSorted - 1 - j)) << 2));
          const word = set + ((<usize>member >>> 5) << 2);
          store<u32>(word, load<u32>(word) | (1 << (member & 31)));
        }
      }
    }
  }
}
