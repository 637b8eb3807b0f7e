// AssemblyScript. The histograms of the open leaves: the sum of the rows in each bin of each feature, and how many they are where leaves
// are split one by one.

import {
  codes,
  histogramCounts,
  histograms,
  isSymmetric,
  nHeldOut,
  nPlaces,
  nRows,
  nTreeFeatures,
  offsets,
  ordered,
  rows,
  treeFeatures,
} from './memory';

@inline
export function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
}

@inline
export function countsOf(slot: i32): usize {
  return histogramCounts + 4 * <usize>nPlaces * slot;
}

/** Where the bins of a feature stand, four bytes a row. */
@inline
export function columnOf(feature: i32): usize {
  return codes + (<usize>(feature >> 2)) * 4 * (<usize>nRows + nHeldOut) + (feature & 3);
}

/** Where the bins of a feature begin in a histogram. */
@inline
export function offsetOf(feature: i32): usize {
  return <usize>load<i32>(offsets + ((<usize>feature) << 2));
}

/** Fills the histogram at a slot with the rows from `start` to `end`, in the features of the tree. */
export function buildHistogram(slot: i32, gradient: usize, start: i32, end: i32): void {
  const histogram = histogramOf(slot);
  const counts = countsOf(slot);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  if (!isSymmetric) memory.fill(counts, 0, 4 * <usize>nPlaces);
  const nHere: usize = <usize>(end - start);
  const here = rows + ((<usize>start) << 2);
  for (let i: usize = 0; i < nHere; i++) {
    v128.store(ordered + (i << 4), v128.load(gradient + ((<usize>load<i32>(here + (i << 2))) << 4)));
  }
  for (let i = 0; i < nTreeFeatures; ) {
    const feature = load<i32>(treeFeatures + ((<usize>i) << 2));
    // Features rise, so that the fourth from here is the third next where all four stand side by side.
    const isGroup =
      (feature & 3) == 0 && i + 3 < nTreeFeatures && load<i32>(treeFeatures + ((<usize>i) << 2), 12) == feature + 3;
    if (isGroup) {
      if (isSymmetric) addFour(histogram, feature, here, nHere);
      else addFourCounted(histogram, counts, feature, here, nHere);
      i += 4;
    } else {
      addOne(histogram, counts, feature, here, nHere);
      i++;
    }
  }
}

@inline
function addTo(sum: usize, value: v128): void {
  v128.store(sum, f64x2.add(v128.load(sum), value));
}

@inline
function countTo(number: usize): void {
  store<i32>(number, load<i32>(number) + 1);
}

function addOne(histogram: usize, counts: usize, feature: i32, here: usize, nHere: usize): void {
  const column = columnOf(feature);
  const offset = offsetOf(feature);
  const sums = histogram + (offset << 4);
  const numbers = counts + (offset << 2);
  const inOrder = ordered;
  for (let i: usize = 0; i < nHere; i++) {
    const bin = <usize>load<u8>(column + ((<usize>load<u32>(here + (i << 2))) << 2));
    addTo(sums + (bin << 4), v128.load(inOrder + (i << 4)));
    if (!isSymmetric) countTo(numbers + (bin << 2));
  }
}

/** Four features at once: row and gradients are read once for all. */
function addFour(histogram: usize, feature: i32, here: usize, nHere: usize): void {
  const column = columnOf(feature);
  const sums0 = histogram + (offsetOf(feature) << 4);
  const sums1 = histogram + (offsetOf(feature + 1) << 4);
  const sums2 = histogram + (offsetOf(feature + 2) << 4);
  const sums3 = histogram + (offsetOf(feature + 3) << 4);
  const inOrder = ordered;
  for (let i: usize = 0; i < nHere; i++) {
    const bins = load<u32>(column + ((<usize>load<u32>(here + (i << 2))) << 2));
    const value = v128.load(inOrder + (i << 4));
    addTo(sums0 + ((bins & 255) << 4), value);
    addTo(sums1 + (((bins >>> 8) & 255) << 4), value);
    addTo(sums2 + (((bins >>> 16) & 255) << 4), value);
    addTo(sums3 + ((bins >>> 24) << 4), value);
  }
}

function addFourCounted(histogram: usize, counts: usize, feature: i32, here: usize, nHere: usize): void {
  const column = columnOf(feature);
  const offset0 = offsetOf(feature);
  const offset1 = offsetOf(feature + 1);
  const offset2 = offsetOf(feature + 2);
  const offset3 = offsetOf(feature + 3);
  const inOrder = ordered;
  for (let i: usize = 0; i < nHere; i++) {
    const bins = load<u32>(column + ((<usize>load<u32>(here + (i << 2))) << 2));
    const value = v128.load(inOrder + (i << 4));
    const bin0 = offset0 + (bins & 255);
    const bin1 = offset1 + ((bins >>> 8) & 255);
    const bin2 = offset2 + ((bins >>> 16) & 255);
    const bin3 = offset3 + (bins >>> 24);
    addTo(histogram + (bin0 << 4), value);
    addTo(histogram + (bin1 << 4), value);
    addTo(histogram + (bin2 << 4), value);
    addTo(histogram + (bin3 << 4), value);
    countTo(counts + (bin0 << 2));
    countTo(counts + (bin1 << 2));
    countTo(counts + (bin2 << 2));
    countTo(counts + (bin3 << 2));
  }
}

export function subtractHistogram(from: i32, slot: i32): void {
  let at = histogramOf(from);
  let other = histogramOf(slot);
  for (let i = 0; i < nPlaces; i++, at += 16, other += 16) {
    v128.store(at, f64x2.sub(v128.load(at), v128.load(other)));
  }
  if (isSymmetric) return;
  let count = countsOf(from);
  let otherCount = countsOf(slot);
  for (let i = 0; i < nPlaces; i++, count += 4, otherCount += 4) {
    store<i32>(count, load<i32>(count) - load<i32>(otherCount));
  }
}
