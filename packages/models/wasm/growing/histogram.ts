// AssemblyScript. The bins of a feature in which a node has rows.

import { cellOf } from './cells';
import {
  areAmounts,
  areCounted,
  binRows,
  bins,
  binWeights,
  CLASS,
  counts,
  histogram,
  histogramSize,
  inUse,
  minSamplesLeaf,
  N_BINS,
  nSums,
  NUMBER,
  ROW_BITS,
  rows,
  WEIGHT,
} from './memory';
import { addAmount } from './take-rows';

// The kinds of sums, each compiled separately.
const CLASSES: i32 = 0;
const COUNTED_CLASSES: i32 = 1;
const AMOUNTS: i32 = 2;
const CELLS: i32 = 3;

/** Adds the rows of a node to the first histogram by the bins of one column. */
export function addRows(column: usize, start: i32, end: i32): void {
  if (areAmounts()) {
    if (areCounted) addToOne(column, start, end, 16, CELLS);
    else addToOne(column, start, end, 16, AMOUNTS);
  } else if (areCounted) addToOne(column, start, end, 8, COUNTED_CLASSES);
  else addToOne(column, start, end, 8 * <usize>nSums, CLASSES);
}

/** Adds them to both histograms, each by its column, so that each row is read only once. */
export function addRowsTwice(first: usize, second: usize, start: i32, end: i32): void {
  if (areAmounts()) {
    if (areCounted) addToBoth(first, second, start, end, 16, CELLS);
    else addToBoth(first, second, start, end, 16, AMOUNTS);
  } else if (areCounted) addToBoth(first, second, start, end, 8, COUNTED_CLASSES);
  else addToBoth(first, second, start, end, 8 * <usize>nSums, CLASSES);
}

@inline
function addToOne(column: usize, start: i32, end: i32, width: usize, kind: i32): void {
  const hist = histogram;
  const used = inUse;
  const last = rows + (<usize>end << ROW_BITS);
  for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
    addTo(hist, used, load<u8>(column + load<u32>(at)), at, width, kind);
  }
}

@inline
function addToBoth(first: usize, second: usize, start: i32, end: i32, width: usize, kind: i32): void {
  const hist = histogram;
  const used = inUse;
  const otherHist = hist + histogramSize;
  const otherUsed = used + N_BINS;
  const last = rows + (<usize>end << ROW_BITS);
  for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
    const row = <usize>load<u32>(at);
    addTo(hist, used, load<u8>(first + row), at, width, kind);
    addTo(otherHist, otherUsed, load<u8>(second + row), at, width, kind);
  }
}

@inline
function addTo(hist: usize, used: usize, bin: usize, at: usize, width: usize, kind: i32): void {
  const place = hist + bin * width;
  if (kind == COUNTED_CLASSES) {
    store<u64>(place, load<u64>(place) + load<u64>(at, WEIGHT));
  } else if (kind == CELLS) {
    v128.store(place, i64x2.add(v128.load(place), cellOf(v128.load(at))));
  } else if (kind == AMOUNTS) {
    addAmount(place, load<u32>(at, NUMBER), load<f64>(at, WEIGHT));
  } else {
    const ofClass = place + load<u32>(at, CLASS);
    store<f64>(ofClass, load<f64>(ofClass) + load<f64>(at, WEIGHT));
  }
  // Bytes, since setting bits would make each row wait for the one before.
  store<u8>(used + bin, 255);
}

/**
 * Moves the bins in which the node has rows from histogram 0 or 1 to the list of bins; returns their number. Missing values are the last
 * bin.
 */
export function takeBins(which: usize, column: usize, start: i32, end: i32): i32 {
  const hist = histogram + which * histogramSize;
  const used = inUse + which * N_BINS;
  if (minSamplesLeaf > 1) countRows(column, start, end);
  if (areCounted) return takeTwoSums(hist, used, true);
  return nSums == 2 ? takeTwoSums(hist, used, false) : takeSums(hist, used);
}

function countRows(column: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const bin = <usize>load<u8>(column + load<u32>(rows + (<usize>i << ROW_BITS)));
    const at = counts + (bin << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

function takeSums(hist: usize, used: usize): i32 {
  const n = nSums;
  let nBins = 0;
  let to = binWeights;
  for (let first = 0; first < N_BINS; first += 16) {
    let bits = takeUsed(used + first);
    for (; bits != 0; bits &= bits - 1) {
      const bin = first + <i32>ctz(bits);
      let from = hist + ((<usize>bin * n) << 3);
      for (let k = 0; k < n; k++, from += 8, to += 8) {
        store<f64>(to, load<f64>(from));
        store<f64>(from, 0);
      }
      takeBin(bin, nBins++);
    }
  }
  return nBins;
}

@inline
function takeTwoSums(hist: usize, used: usize, counts: bool): i32 {
  // Engines do not keep globals in registers through a loop.
  const binOf = bins;
  const countsRows = minSamplesLeaf > 1;
  const none = i64x2.splat(0);
  let nBins = 0;
  let to = binWeights;
  for (let first = 0; first < N_BINS; first += 16) {
    let bits = takeUsed(used + first);
    for (; bits != 0; bits &= bits - 1, to += 16, nBins++) {
      const bin = first + <i32>ctz(bits);
      if (counts) {
        const from = hist + (<usize>bin << 3);
        v128.store(to, f64x2.convert_low_i32x4_u(v128.load64_zero(from)));
        store<u64>(from, 0);
      } else {
        const from = hist + (<usize>bin << 4);
        v128.store(to, v128.load(from));
        v128.store(from, none);
      }
      if (countsRows) takeBin(bin, nBins);
      else store<i32>(binOf + (<usize>nBins << 2), bin);
    }
  }
  return nBins;
}

/** A bit mask of sixteen bins, set for those with rows. */
@inline
export function takeUsed(at: usize): u32 {
  const bits = <u32>i8x16.bitmask(v128.load(at));
  v128.store(at, i64x2.splat(0));
  return bits;
}

@inline
function takeBin(bin: i32, place: i32): void {
  store<i32>(bins + (<usize>place << 2), bin);
  if (minSamplesLeaf > 1) {
    const count = counts + (<usize>bin << 2);
    store<i32>(binRows + (<usize>place << 2), load<i32>(count));
    store<i32>(count, 0);
  }
}

@inline
export function binAt(place: i32): i32 {
  return load<i32>(bins + (<usize>place << 2));
}
