// AssemblyScript. The bins in which a node has rows, of one feature.

import {
  binRows,
  bins,
  binWeights,
  CLASS,
  counts,
  histogram,
  inUse,
  minSamplesLeaf,
  N_BINS,
  nClasses,
  ROW_BITS,
  rows,
  WEIGHT,
} from './memory';

/** Gathers the bins in which the node has rows; returns how many. A missing value is a bin, the last one. */
export function collect(column: usize, start: i32, end: i32): i32 {
  if (nClasses == 2) addRows(column, start, end, 16);
  else addRows(column, start, end, 8 * <usize>nClasses);
  if (minSamplesLeaf > 1) countRows(column, start, end);
  return nClasses == 2 ? takeTwoClasses() : takeHistogram();
}

/** Each call is compiled by itself: two classes shift where others multiply. */
@inline
function addRows(column: usize, start: i32, end: i32, width: usize): void {
  const hist = histogram;
  const used = inUse;
  const last = rows + (<usize>end << ROW_BITS);
  for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
    const bin = <usize>load<u8>(column + load<u32>(at));
    const place = hist + bin * width + load<u32>(at, CLASS);
    store<f64>(place, load<f64>(place) + load<f64>(at, WEIGHT));
    // Bytes are only written: to set bits, each row would wait for the one before.
    store<u8>(used + bin, 255);
  }
}

function countRows(column: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const bin = <usize>load<u8>(column + load<u32>(rows + (<usize>i << ROW_BITS)));
    const at = counts + (bin << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/** Moves what the histogram holds into the list of bins, and leaves it empty. */
function takeHistogram(): i32 {
  const n = nClasses;
  let nBins = 0;
  let to = binWeights;
  for (let first = 0; first < N_BINS; first += 16) {
    let bits = takeUsed(first);
    for (; bits != 0; bits &= bits - 1) {
      const bin = first + <i32>ctz(bits);
      let from = histogram + ((<usize>bin * n) << 3);
      for (let k = 0; k < n; k++, from += 8, to += 8) {
        store<f64>(to, load<f64>(from));
        store<f64>(from, 0);
      }
      takeBin(bin, nBins++);
    }
  }
  return nBins;
}

/** What `takeHistogram` does, for two classes. */
function takeTwoClasses(): i32 {
  // Engines do not keep globals in registers through a loop.
  const hist = histogram;
  const binOf = bins;
  const countsRows = minSamplesLeaf > 1;
  const none = i64x2.splat(0);
  let nBins = 0;
  let to = binWeights;
  for (let first = 0; first < N_BINS; first += 16) {
    let bits = takeUsed(first);
    for (; bits != 0; bits &= bits - 1, to += 16, nBins++) {
      const bin = first + <i32>ctz(bits);
      const from = hist + (<usize>bin << 4);
      v128.store(to, v128.load(from));
      v128.store(from, none);
      if (countsRows) takeBin(bin, nBins);
      else store<i32>(binOf + (<usize>nBins << 2), bin);
    }
  }
  return nBins;
}

/** A bit for each of sixteen bins that has rows. */
@inline
function takeUsed(first: i32): u32 {
  const at = inUse + first;
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
