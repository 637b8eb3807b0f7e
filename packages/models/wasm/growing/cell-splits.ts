// AssemblyScript. The splits of a feature, with counted target values.

import { bestPurity, keep } from './best-split';
import { cellOf, rowsOf, sumOf, weightOf } from './cells';
import { binAt, takeUsed } from './histogram';
import {
  bins,
  binWeights,
  counts,
  hasMissing,
  histogram,
  histogramSize,
  inUse,
  leftWeights,
  minSamplesLeaf,
  MISSING_BIN,
  N_BINS,
  rightWeights,
  ROW_BITS,
  rows,
} from './memory';
import { purityOfSums, setMean } from './purity';

/** Up to this many rows, sorting is faster than a histogram. */
export const FEW: i32 = 24;

/** The cell of the current node. */
let all: v128 = i64x2.splat(0);
let weightOfAll: f64 = 0;
let sumOfAll: f64 = 0;

/** Call it for each node, with the address of its cell. */
export function beginCells(cell: usize): void {
  all = v128.load(cell);
  weightOfAll = weightOf(all);
  sumOfAll = sumOf(all);
  setMean(weightOfAll, sumOfAll);
}

/** The counterpart of `takeBins`: moves the bins with rows to the list of bins, each with its cell, and returns their number. */
export function takeCells(which: usize): i32 {
  const used = inUse + which * N_BINS;
  const hist = histogram + which * histogramSize;
  const none = i64x2.splat(0);
  const binOf = bins;
  let nBins = 0;
  let to = binWeights;
  for (let first = 0; first < N_BINS; first += 16) {
    for (let bits = takeUsed(used + first); bits != 0; bits &= bits - 1, to += 16, nBins++) {
      const bin = first + <i32>ctz(bits);
      const from = hist + (<usize>bin << 4);
      v128.store(to, v128.load(from));
      v128.store(from, none);
      store<i32>(binOf + (<usize>nBins << 2), bin);
    }
  }
  return nBins;
}

/** `takeCells` for the few rows from `start` to `end`, by sorting them. */
export function sortCells(column: usize, start: i32, end: i32): i32 {
  const from = rows + (<usize>start << ROW_BITS);
  const sorted = counts;
  let n: usize = 0;
  for (let row = from, place: u32 = 0; place < <u32>(end - start); row += 1 << ROW_BITS, place++, n += 4) {
    const key = (<u32>load<u8>(column + load<u32>(row)) << 16) | place;
    let at = sorted + n;
    for (; at > sorted && load<u32>(at - 4) > key; at -= 4) store<u32>(at, load<u32>(at - 4));
    store<u32>(at, key);
  }
  let nBins = 0;
  let last: u32 = N_BINS;
  let to = binWeights - 16;
  for (let at: usize = 0; at < n; at += 4) {
    const key = load<u32>(sorted + at);
    const cell = cellOf(v128.load(from + (<usize>(key & 0xffff) << ROW_BITS)));
    if (key >> 16 == last) {
      v128.store(to, i64x2.add(v128.load(to), cell));
      continue;
    }
    last = key >> 16;
    to += 16;
    v128.store(to, cell);
    store<i32>(bins + (<usize>nBins << 2), last);
    nBins++;
  }
  return nBins;
}

/** The counterpart of `compare`. */
export function compareCells(feature: i32, nBins: i32): void {
  const sawMissing = load<u8>(hasMissing + feature) != 0 && binAt(nBins - 1) == MISSING_BIN;
  const nKnown = sawMissing ? nBins - 1 : nBins;
  scan(feature, sawMissing ? nKnown : nKnown - 1, i64x2.splat(0), sawMissing ? 1 : 2);
  if (sawMissing) scan(feature, nKnown - 1, v128.load(binWeights + (<usize>nKnown << 4)), 0);
}

/** Tries a split after each of the first `nSplits` bins, with the rows of `onLeft` on the left, too. */
function scan(feature: i32, nSplits: i32, onLeft: v128, missing: i32): void {
  const least = minSamplesLeaf;
  const most = rowsOf(all) - least;
  const weight = weightOfAll;
  const sum = sumOfAll;
  let left = onLeft;
  let highest = bestPurity;
  let from = binWeights;
  for (let i = 0; i < nSplits; i++, from += 16) {
    left = i64x2.add(left, v128.load(from));
    if (least > 1) {
      const nLeft = rowsOf(left);
      if (nLeft < least || nLeft > most) continue;
    }
    const purity = purityOf(left, weight, sum);
    if (purity > highest) {
      highest = purity;
      keepCells(feature, binAt(i), binAt(i + 1), purity, missing, left);
    }
  }
}

/** Keeps a split with these rows on its left, if it beats the best so far and no side has too few rows. */
export function tryCells(feature: i32, last: i32, first: i32, missing: i32, left: v128): void {
  const nLeft = rowsOf(left);
  if (nLeft < minSamplesLeaf || nLeft > rowsOf(all) - minSamplesLeaf) return;
  const purity = purityOf(left, weightOfAll, sumOfAll);
  if (purity > bestPurity) keepCells(feature, last, first, purity, missing, left);
}

@inline
function purityOf(left: v128, weight: f64, sum: f64): f64 {
  const weightLeft = weightOf(left);
  const sumLeft = sumOf(left);
  return purityOfSums(weightLeft, sumLeft, weight - weightLeft, sum - sumLeft);
}

function keepCells(feature: i32, last: i32, first: i32, purity: f64, missing: i32, left: v128): void {
  keep(feature, last, first, purity, missing);
  v128.store(leftWeights, left);
  v128.store(rightWeights, i64x2.sub(all, left));
}
