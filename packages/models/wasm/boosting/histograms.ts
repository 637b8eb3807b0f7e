// AssemblyScript. The histograms of the open leaves: for each bin of each feature the sum of its rows.

import { fork, nextPiece } from '../threads';
import {
  args,
  codes,
  gathered,
  histograms,
  nHeldOut,
  nPlaces,
  nRows,
  nTreeFeatures,
  offsets,
  ordered,
  parts,
  PIECE,
  quantised,
  rows,
  treeFeatures,
  wasBuilt,
} from './memory';

/** A leaf with fewer values is not worth a fork. */
const LEAST_SHARED: i32 = 65_536;

// What is built: the rows from START to END, so many at a time; and how many threads took part.
const START: usize = 0;
const END: usize = 4;
const STEP: usize = 8;
const BUILT: usize = 12;
// Slots of the histogram built last, and of the one that it is to be subtracted from; less than 0 for none.
const SMALLER: usize = 16;
const LARGER: usize = 20;
/** How many pieces a thread takes at a time, at most. */
const PIECES_AT_ONCE: i32 = 4;

@inline
export function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
}

/** Where the bin of the first row in a feature stands; that of the next row is 8 bytes on. */
@inline
export function columnOf(feature: i32): usize {
  return codes + (<usize>(feature >> 3)) * 8 * (<usize>nRows + nHeldOut) + (feature & 7);
}

/** Where the bins of a feature begin in a histogram. */
@inline
export function offsetOf(feature: i32): usize {
  return <usize>load<i32>(offsets + ((<usize>feature) << 2));
}

/**
 * Adds up the rows from `start` to `end` at a slot, in the features of the tree, to be subtracted from the histogram at another slot,
 * which then is that of the other rows. `finishFeature` must follow for each feature.
 */
export function buildHistogram(slot: i32, start: i32, end: i32, larger: i32): void {
  const nHere = end - start;
  store<i32>(args, start, START);
  store<i32>(args, end, END);
  store<i32>(args, slot, SMALLER);
  store<i32>(args, larger, LARGER);
  const isShared = <i64>nHere * nTreeFeatures >= LEAST_SHARED;
  store<i32>(args, min(PIECES_AT_ONCE * PIECE, (nHere >> 4) + 1), STEP);
  store<i32>(args, 1, BUILT);
  if (isShared) store<i32>(args, fork(addPieces, slot), BUILT);
  else addRows(slot, start, end);
}

/** Makes the histogram built last, and what it is subtracted from, right in one feature. */
export function finishFeature(feature: i32): void {
  const from = offsetOf(feature) << 4;
  const to = offsetOf(feature + 1) << 4;
  const nBuilt = load<i32>(args, BUILT);
  const smaller = histogramOf(load<i32>(args, SMALLER));
  for (let other = 1; other < nBuilt; other++) {
    if (!load<u8>(wasBuilt + other)) continue;
    const part = partOf(other);
    for (let at = from; at < to; at += 16) {
      v128.store(smaller + at, i32x4.add(v128.load(smaller + at), v128.load(part + at)));
    }
  }
  if (load<i32>(args, LARGER) < 0) return;
  const larger = histogramOf(load<i32>(args, LARGER));
  for (let at = from; at < to; at += 16) {
    v128.store(larger + at, i32x4.sub(v128.load(larger + at), v128.load(smaller + at)));
  }
}

/** Makes the histogram built last right in all features. */
export function finishHistogram(): void {
  fork(finishFeatures, 0);
}

function finishFeatures(_: i32, thread: i32, nThreads: i32): void {
  for (let i = nextPiece(); i < nTreeFeatures; i = nextPiece()) {
    finishFeature(load<i32>(treeFeatures + ((<usize>i) << 2)));
  }
}

@inline
function partOf(thread: i32): usize {
  return parts + 16 * <usize>nPlaces * (thread - 1);
}

function addPieces(slot: i32, thread: i32, nThreads: i32): void {
  const start = load<i32>(args, START);
  const end = load<i32>(args, END);
  const step = load<i32>(args, STEP);
  let from = start + step * nextPiece();
  const isNeeded = thread == 0 || from < end;
  store<u8>(wasBuilt + thread, u8(isNeeded));
  if (!isNeeded) return;
  const histogram = thread == 0 ? histogramOf(slot) : partOf(thread);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  for (; from < end; from = start + step * nextPiece()) addStep(histogram, thread, from, min(from + step, end));
}

function addRows(slot: i32, start: i32, end: i32): void {
  const histogram = histogramOf(slot);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  addStep(histogram, 0, start, end);
}

function addStep(histogram: usize, thread: i32, start: i32, end: i32): void {
  for (let from = start; from < end; from += PIECE) addPiece(histogram, thread, from, min(from + PIECE, end));
}

/** Adds up to `PIECE` rows, whose gradients and bins are first put side by side: what comes in order is read many times as fast. */
function addPiece(histogram: usize, thread: i32, start: i32, end: i32): void {
  const here = rows + ((<usize>start) << 2);
  const nHere = <usize>(end - start);
  const inOrder = ordered + 16 * <usize>PIECE * thread;
  const one = i32x4(0, 0, 1, 0);
  for (let i: usize = 0; i < nHere; i++) {
    const value = v128.load64_zero(quantised + ((<usize>load<u32>(here + (i << 2))) << 3));
    v128.store(inOrder + (i << 4), v128.or(value, one));
  }
  // Rows rise: these lie side by side already where their first and their last are no farther apart.
  const first = <usize>load<u32>(here);
  const isRun = <usize>load<u32>(here + ((nHere - 1) << 2)) - first == nHere - 1;
  for (let i = 0; i < nTreeFeatures; ) {
    const group = featureAt(i) & ~7;
    const column = columnOf(group);
    let bins = column + (first << 3);
    if (!isRun) {
      bins = gathered + 8 * <usize>PIECE * thread;
      gather(column, here, nHere, bins);
    }
    while (i < nTreeFeatures && (featureAt(i) & ~7) == group) {
      const feature = featureAt(i);
      // Features rise, so that the fourth from here is the third next where all four stand side by side.
      const isHalf = (feature & 3) == 0 && i + 3 < nTreeFeatures && featureAt(i + 3) == feature + 3;
      if (isHalf) addFour(histogram, feature, bins + (feature & 7), nHere, inOrder);
      else addOne(histogram, feature, bins + (feature & 7), nHere, inOrder);
      i += isHalf ? 4 : 1;
    }
  }
}

@inline
function featureAt(i: i32): i32 {
  return load<i32>(treeFeatures + ((<usize>i) << 2));
}

/** Puts the bins of some rows in eight features side by side. */
function gather(column: usize, here: usize, nHere: usize, to: usize): void {
  const end = to + (nHere << 3);
  for (let row = here; to < end; row += 4, to += 8) {
    store<u64>(to, load<u64>(column + ((<usize>load<u32>(row)) << 3)));
  }
}

@inline
function addTo(sum: usize, value: v128): void {
  v128.store(sum, i32x4.add(v128.load(sum), value));
}

function addOne(histogram: usize, feature: i32, bins: usize, nHere: usize, inOrder: usize): void {
  const sums = histogram + (offsetOf(feature) << 4);
  const end = inOrder + (nHere << 4);
  for (let from = inOrder, at = bins; from < end; from += 16, at += 8) {
    addTo(sums + ((<usize>load<u8>(at)) << 4), v128.load(from));
  }
}

/** Four features at once: gradients are read once for all. */
function addFour(histogram: usize, feature: i32, bins: usize, nHere: usize, inOrder: usize): void {
  const sums0 = histogram + (offsetOf(feature) << 4);
  const sums1 = histogram + (offsetOf(feature + 1) << 4);
  const sums2 = histogram + (offsetOf(feature + 2) << 4);
  const sums3 = histogram + (offsetOf(feature + 3) << 4);
  const end = inOrder + (nHere << 4);
  for (let from = inOrder, at = bins; from < end; from += 16, at += 8) {
    const value = v128.load(from);
    addTo(sums0 + ((<usize>load<u8>(at)) << 4), value);
    addTo(sums1 + ((<usize>load<u8>(at, 1)) << 4), value);
    addTo(sums2 + ((<usize>load<u8>(at, 2)) << 4), value);
    addTo(sums3 + ((<usize>load<u8>(at, 3)) << 4), value);
  }
}
