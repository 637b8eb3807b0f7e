// AssemblyScript. The histograms of the open leaves: the sum of the rows in each bin of each feature.

import { fork, nextPiece } from '../threads';
import {
  args,
  codes,
  FEW,
  gathered,
  histograms,
  nHeldOut,
  nPlaces,
  nRows,
  nThreads,
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

// The histogram being built: the rows from START to END, and the number of threads with a partial sum each, or 0 if features are built when
// they are finished.
const START: usize = 0;
const END: usize = 4;
const BUILT: usize = 12;
// Slots of the latest histogram, and of the one that it is subtracted from; negative for none.
const SMALLER: usize = 16;
const LARGER: usize = 20;
/** The number of rows that a thread takes at a time. */
const STEP: i32 = 4 * PIECE;

@inline
export function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
}

/** The address of the bin of the first row in a feature; that of the next row is 8 bytes further. */
@inline
export function columnOf(feature: i32): usize {
  return codes + (<usize>(feature >> 3)) * 8 * (<usize>nRows + nHeldOut) + (feature & 7);
}

/** The offset of the bins of a feature in a histogram. */
@inline
export function offsetOf(feature: i32): usize {
  return <usize>load<i32>(offsets + ((<usize>feature) << 2));
}

/**
 * Builds the histogram of the rows from `start` to `end` at a slot, for the features of the tree. It is subtracted from the histogram at
 * `larger`, which then is that of the other rows. `finishSome` must follow for all features.
 */
export function buildHistogram(slot: i32, start: i32, end: i32, larger: i32): void {
  const nHere = end - start;
  store<i32>(args, start, START);
  store<i32>(args, end, END);
  store<i32>(args, slot, SMALLER);
  store<i32>(args, larger, LARGER);
  store<i32>(args, 0, BUILT);
  if (nHere <= FEW) orderRows(rows + ((<usize>start) << 2), nHere, ordered);
  else store<i32>(args, fork(addSteps, slot), BUILT);
}

/** The number of pieces of work for finishing the latest histogram: features, or groups of them if they are yet to be built. */
export function nFinishPieces(): i32 {
  return nTreeFeatures - nGroups() * (groupSize() - 1);
}

/** The number of features built at a time: those with interleaved bins, or half of them with several threads. */
@inline
function groupSize(): i32 {
  return nThreads == 1 ? 8 : 4;
}

/** With several threads, the last features are processed one by one, so that none waits long. */
@inline
function nGroups(): i32 {
  if (load<i32>(args, BUILT) > 0) return 0;
  return max(0, nTreeFeatures / groupSize() - i32(nThreads > 1));
}

/** The first feature of a piece of work, as an index into the features of the tree; it ends where the next piece starts. */
export function finishStart(piece: i32): i32 {
  return piece + min(piece, nGroups()) * (groupSize() - 1);
}

/** Finishes the latest histogram, and the one that it is subtracted from, for the features of the tree from `start` to `end`. */
export function finishSome(start: i32, end: i32, thread: i32): void {
  const nBuilt = load<i32>(args, BUILT);
  const smaller = histogramOf(load<i32>(args, SMALLER));
  if (nBuilt == 0) buildSome(smaller, start, end, thread);
  for (let i = start; i < end; i++) {
    const from = offsetOf(featureAt(i)) << 4;
    const to = offsetOf(featureAt(i) + 1) << 4;
    for (let other = 1; other < nBuilt; other++) {
      if (!load<u8>(wasBuilt + other)) continue;
      const part = partOf(other);
      for (let at = from; at < to; at += 16) {
        v128.store(smaller + at, i32x4.add(v128.load(smaller + at), v128.load(part + at)));
      }
    }
    if (load<i32>(args, LARGER) < 0) continue;
    const larger = histogramOf(load<i32>(args, LARGER));
    for (let at = from; at < to; at += 16) {
      v128.store(larger + at, i32x4.sub(v128.load(larger + at), v128.load(smaller + at)));
    }
  }
}

/** Finishes the latest histogram for all features. */
export function finishHistogram(): void {
  fork(finishFeatures, 0);
}

function finishFeatures(_: i32, thread: i32, nThreads: i32): void {
  const nPieces = nFinishPieces();
  for (let piece = nextPiece(); piece < nPieces; piece = nextPiece()) {
    finishSome(finishStart(piece), finishStart(piece + 1), thread);
  }
}

@inline
function partOf(thread: i32): usize {
  return parts + 16 * <usize>nPlaces * (thread - 1);
}

function addSteps(slot: i32, thread: i32, nThreads: i32): void {
  const start = load<i32>(args, START);
  const end = load<i32>(args, END);
  let from = start + STEP * nextPiece();
  const isNeeded = thread == 0 || from < end;
  store<u8>(wasBuilt + thread, u8(isNeeded));
  if (!isNeeded) return;
  const histogram = thread == 0 ? histogramOf(slot) : partOf(thread);
  const inOrder = ordered + 16 * <usize>PIECE * thread;
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  for (; from < end; from = start + STEP * nextPiece()) {
    for (let first = from; first < min(from + STEP, end); first += PIECE) {
      const here = rows + ((<usize>first) << 2);
      const nHere = min(PIECE, end - first);
      orderRows(here, nHere, inOrder);
      addRows(histogram, 0, nTreeFeatures, here, nHere, inOrder, thread);
    }
  }
}

/** Sums the few rows of a node in some features. */
function buildSome(histogram: usize, start: i32, end: i32, thread: i32): void {
  for (let i = start; i < end; i++) {
    const from = offsetOf(featureAt(i)) << 4;
    memory.fill(histogram + from, 0, (offsetOf(featureAt(i) + 1) << 4) - from);
  }
  const first = load<i32>(args, START);
  const nAll = load<i32>(args, END) - first;
  for (let i = 0; i < nAll; i += PIECE) {
    const inOrder = ordered + ((<usize>i) << 4);
    addRows(histogram, start, end, rows + ((<usize>(first + i)) << 2), min(PIECE, nAll - i), inOrder, thread);
  }
}

/** Copies gradients, curvatures and 1 for each of some rows into contiguous memory. */
function orderRows(here: usize, nHere: i32, to: usize): void {
  const one = i32x4(0, 0, 1, 0);
  const end = to + ((<usize>nHere) << 4);
  for (let row = here; to < end; row += 4, to += 16) {
    v128.store(to, v128.or(v128.load64_zero(quantised + ((<usize>load<u32>(row)) << 3)), one));
  }
}

/**
 * Adds up to `PIECE` rows in the features of the tree from `start` to `end`. Their bins are made contiguous, too: sequential reads are many
 * times as fast.
 */
function addRows(
  histogram: usize,
  start: i32,
  end: i32,
  here: usize,
  nHere: usize,
  inOrder: usize,
  thread: i32,
): void {
  // Rows rise, so they are contiguous if the distance from first to last says so.
  const first = <usize>load<u32>(here);
  const isRun = <usize>load<u32>(here + ((nHere - 1) << 2)) - first == nHere - 1;
  for (let i = start; i < end; ) {
    const group = featureAt(i) & ~7;
    const column = columnOf(group);
    let bins = column + (first << 3);
    if (!isRun) {
      bins = gathered + 8 * <usize>PIECE * thread;
      gather(column, here, nHere, bins);
    }
    while (i < end && (featureAt(i) & ~7) == group) {
      const feature = featureAt(i);
      // Features rise, so the four are adjacent if the fourth is three further.
      const isHalf = (feature & 3) == 0 && i + 3 < end && featureAt(i + 3) == feature + 3;
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

/** Copies the bins of some rows in eight features into contiguous memory. */
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

/** Four features at once, to read gradients only once. */
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
