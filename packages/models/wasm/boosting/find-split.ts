// AssemblyScript. Finds the best split of an open leaf.

import { addSorted, clearSorted, keepSet, LEAST_CATEGORY, nTried, sortedAt } from './categories';
import { drawNodeFeatures } from './drawing';
import { gainOf } from './gains';
import { countsOf, histogramOf } from './histograms';
import {
  groups,
  isCategory,
  maxDepth,
  minCurvature,
  minSamplesLeaf,
  nNodeFeatures,
  nodeFeatures,
  noise,
  offsets,
} from './memory';
import { NODE_DEPTH, NODE_END, NODE_GROUPS, NODE_START, nodeAt } from './nodes';
import { keep, OPEN_GAIN, OPEN_LEFT, OPEN_SLOT, OPEN_SUM, openAt, take, tried } from './open-leaves';
import { normal } from './random';

/** Finds the best split of an open leaf. */
export function findSplit(place: i32): void {
  const at = openAt(place);
  const node = load<i32>(at);
  const nodeBytes = nodeAt(node);
  store<f64>(at, 0, OPEN_GAIN);
  const nHere = load<i32>(nodeBytes, NODE_END) - load<i32>(nodeBytes, NODE_START);
  if (nHere < 2 * minSamplesLeaf || load<i32>(nodeBytes, NODE_DEPTH) >= maxDepth) return;
  const allowed = load<u64>(nodeBytes, NODE_GROUPS);
  drawNodeFeatures(node);
  const candidate = openAt(tried());
  const total = v128.load(at, OPEN_SUM);
  store<f64>(candidate, 0, OPEN_GAIN);
  let best = -Infinity;
  for (let i = 0; i < nNodeFeatures; i++) {
    const feature = load<i32>(nodeFeatures + ((<usize>i) << 2));
    if ((allowed & load<u64>(groups + ((<usize>feature) << 3))) == 0) continue;
    // Without noise a split stays the one tried until a better one of any feature is.
    if (noise > 0) store<f64>(candidate, 0, OPEN_GAIN);
    const whole = gainOf(node, feature, total, f64x2(0, 0), true);
    if (load<u8>(isCategory + feature)) scanCategories(at, feature, nHere, whole);
    else scanBins(at, feature, nHere, whole);
    const gain = load<f64>(candidate, OPEN_GAIN);
    if (noise == 0 || gain == 0) continue;
    const score = Math.sqrt(gain + whole) + noise * normal();
    if (score <= best) continue;
    best = score;
    take(place, v128.load(candidate, OPEN_LEFT));
  }
  if (noise == 0 && load<f64>(candidate, OPEN_GAIN) > 0) take(place, v128.load(candidate, OPEN_LEFT));
}

/** Tries a split after each bin of a numeric feature, with the missing values on either side. */
function scanBins(at: usize, feature: i32, nHere: i32, whole: f64): void {
  const node = load<i32>(at);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset - 1;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const nMissing = load<i32>(counts + ((<usize>nBins) << 2));
  const total = v128.load(at, OPEN_SUM);
  const nScans = nMissing > 0 ? 2 : 1;
  let best = load<f64>(openAt(tried()), OPEN_GAIN);
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
      if (f64x2.extract_lane(left, 1) < minCurvature || f64x2.extract_lane(right, 1) < minCurvature) continue;
      const gain = gainOf(node, feature, left, right, false) - whole;
      if (gain > best) {
        best = gain;
        // Where no value was missing, later ones go where most rows went.
        const missingLeft = nMissing > 0 ? scan == 1 : count > nHere - count;
        keep(feature, bin, missingLeft, gain, left);
      }
    }
  }
}

/** Tries sets of categories of a feature. */
function scanCategories(at: usize, feature: i32, nHere: i32, whole: f64): void {
  const node = load<i32>(at);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const total = v128.load(at, OPEN_SUM);
  const rowsPerCurvature = <f64>nHere / f64x2.extract_lane(total, 1);
  clearSorted();
  for (let bin = 0; bin < nBins; bin++) {
    const sum = v128.load(sums + ((<usize>bin) << 4));
    if (load<i32>(counts + ((<usize>bin) << 2)) == 0) continue;
    if (f64x2.extract_lane(sum, 1) * rowsPerCurvature >= LEAST_CATEGORY) addSorted(bin, sum);
  }
  let best = load<f64>(openAt(tried()), OPEN_GAIN);
  for (let direction = 0; direction < 2; direction++) {
    let left = f64x2(0, 0);
    let count = 0;
    for (let i = 0; i < nTried(); i++) {
      const bin = sortedAt(direction, i);
      left = f64x2.add(left, v128.load(sums + ((<usize>bin) << 4)));
      count += load<i32>(counts + ((<usize>bin) << 2));
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const right = f64x2.sub(total, left);
      if (f64x2.extract_lane(left, 1) < minCurvature || f64x2.extract_lane(right, 1) < minCurvature) continue;
      const gain = gainOf(node, feature, left, right, false) - whole;
      if (gain > best) {
        best = gain;
        keep(feature, 0, false, gain, left);
        keepSet(direction, i);
      }
    }
  }
}
