// AssemblyScript. The histograms of the open leaves: for each bin of each feature the sum of its rows.

import { fork, nextPiece } from '../threads';
import {
  args,
  codes,
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
} from './memory';

/** A leaf with fewer values is not worth a fork. */
const LEAST_SHARED: i32 = 65_536;

// What is built: the rows from START to END; and how many threads took part.
const START: usize = 0;
const END: usize = 4;
const STEP: usize = 8;
const BUILT: usize = 12;
// Slots of the histogram built last, and of the one that it is to be subtracted from; less than 0 for none.
const SMALLER: usize = 16;
const LARGER: usize = 20;

@inline
export function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
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
  store<i32>(args, isShared ? min(PIECE, (nHere >> 3) + 1) : PIECE, STEP);
  store<i32>(args, 1, BUILT);
  if (isShared) fork(addPieces, slot);
  else addRows(slot, 0, start, end);
}

/** Makes the histogram built last, and what it is subtracted from, right in one feature. */
export function finishFeature(feature: i32): void {
  const from = offsetOf(feature) << 4;
  const to = offsetOf(feature + 1) << 4;
  const nBuilt = load<i32>(args, BUILT);
  const smaller = histogramOf(load<i32>(args, SMALLER));
  for (let other = 1; other < nBuilt; other++) {
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
  if (thread == 0) store<i32>(args, nThreads, BUILT);
  const histogram = thread == 0 ? histogramOf(slot) : partOf(thread);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  const start = load<i32>(args, START);
  const end = load<i32>(args, END);
  const step = load<i32>(args, STEP);
  for (let from = start + step * nextPiece(); from < end; from = start + step * nextPiece()) {
    addPiece(histogram, thread, from, min(from + step, end));
  }
}

function addRows(slot: i32, thread: i32, start: i32, end: i32): void {
  const histogram = histogramOf(slot);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  for (let from = start; from < end; from += PIECE) addPiece(histogram, thread, from, min(from + PIECE, end));
}

/** Adds up to `PIECE` rows, four features at a time. */
function addPiece(histogram: usize, thread: i32, start: i32, end: i32): void {
  const here = rows + ((<usize>start) << 2);
  const nHere = <usize>(end - start);
  const inOrder = ordered + 16 * <usize>PIECE * thread;
  const one = i32x4(0, 0, 1, 0);
  for (let i: usize = 0; i < nHere; i++) {
    const value = v128.load64_zero(quantised + ((<usize>load<u32>(here + (i << 2))) << 3));
    v128.store(inOrder + (i << 4), v128.or(value, one));
  }
  for (let i = 0; i < nTreeFeatures; ) {
    const feature = load<i32>(treeFeatures + ((<usize>i) << 2));
    // Features rise, so that the fourth from here is the third next where all four stand side by side.
    const isGroup =
      (feature & 3) == 0 && i + 3 < nTreeFeatures && load<i32>(treeFeatures + ((<usize>i) << 2), 12) == feature + 3;
    if (isGroup) addFour(histogram, feature, here, nHere, inOrder);
    else addOne(histogram, feature, here, nHere, inOrder);
    i += isGroup ? 4 : 1;
  }
}

@inline
function addTo(sum: usize, value: v128): void {
  v128.store(sum, i32x4.add(v128.load(sum), value));
}

function addOne(histogram: usize, feature: i32, here: usize, nHere: usize, inOrder: usize): void {
  const column = columnOf(feature);
  const sums = histogram + (offsetOf(feature) << 4);
  for (let i: usize = 0; i < nHere; i++) {
    const bin = <usize>load<u8>(column + ((<usize>load<u32>(here + (i << 2))) << 2));
    addTo(sums + (bin << 4), v128.load(inOrder + (i << 4)));
  }
}

/** Four features at once: row and gradients are read once for all. */
function addFour(histogram: usize, feature: i32, here: usize, nHere: usize, inOrder: usize): void {
  const column = columnOf(feature);
  const sums0 = histogram + (offsetOf(feature) << 4);
  const sums1 = histogram + (offsetOf(feature + 1) << 4);
  const sums2 = histogram + (offsetOf(feature + 2) << 4);
  const sums3 = histogram + (offsetOf(feature + 3) << 4);
  const end = inOrder + (nHere << 4);
  for (let row = here, from = inOrder; from < end; row += 4, from += 16) {
    const bins = load<u32>(column + ((<usize>load<u32>(row)) << 2));
    const value = v128.load(from);
    addTo(sums0 + ((bins << 4) & 0xff0), value);
    addTo(sums1 + ((bins >>> 4) & 0xff0), value);
    addTo(sums2 + ((bins >>> 12) & 0xff0), value);
    addTo(sums3 + ((bins >>> 20) & 0xff0), value);
  }
}
