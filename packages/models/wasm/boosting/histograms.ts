// AssemblyScript. The histograms of the open leaves: the sum of the rows in each bin of each feature, and how many they are.

import {
  codes,
  histogramCounts,
  histograms,
  nFeatures,
  nHeldOut,
  nPlaces,
  nRows,
  offsets,
  ordered,
  rows,
} from './memory';

@inline
export function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
}

@inline
export function countsOf(slot: i32): usize {
  return histogramCounts + 4 * <usize>nPlaces * slot;
}

/** Fills the histogram at a slot with the rows from `start` to `end`. */
export function buildHistogram(slot: i32, gradient: usize, start: i32, end: i32): void {
  const histogram = histogramOf(slot);
  const counts = countsOf(slot);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  memory.fill(counts, 0, 4 * <usize>nPlaces);
  const nHere: usize = <usize>(end - start);
  const here = rows + ((<usize>start) << 2);
  for (let i: usize = 0; i < nHere; i++) {
    v128.store(ordered + (i << 4), v128.load(gradient + ((<usize>load<i32>(here + (i << 2))) << 4)));
  }
  const inOrder = ordered;
  const nAll: usize = <usize>nRows + nHeldOut;
  for (let feature: usize = 0; feature < <usize>nFeatures; feature++) {
    const column = codes + feature * nAll;
    const offset = <usize>load<i32>(offsets + (feature << 2));
    const sums = histogram + (offset << 4);
    const numbers = counts + (offset << 2);
    for (let i: usize = 0; i < nHere; i++) {
      const bin = <usize>load<u8>(column + load<u32>(here + (i << 2)));
      const sum = sums + (bin << 4);
      v128.store(sum, f64x2.add(v128.load(sum), v128.load(inOrder + (i << 4))));
      const number = numbers + (bin << 2);
      store<i32>(number, load<i32>(number) + 1);
    }
  }
}

export function subtractHistogram(from: i32, slot: i32): void {
  let at = histogramOf(from);
  let other = histogramOf(slot);
  for (let i = 0; i < nPlaces; i++, at += 16, other += 16) {
    v128.store(at, f64x2.sub(v128.load(at), v128.load(other)));
  }
  let count = countsOf(from);
  let otherCount = countsOf(slot);
  for (let i = 0; i < nPlaces; i++, count += 4, otherCount += 4) {
    store<i32>(count, load<i32>(count) - load<i32>(otherCount));
  }
}
