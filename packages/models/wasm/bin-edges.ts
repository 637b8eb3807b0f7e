// AssemblyScript, called by src/trees/bins.ts. Finds the edges of bins column by column: sorts the values, and cuts where bins are full.

import { clear, take } from './arena';
import { fork, nextPiece, setUpThreads } from './threads';

export { mailbox, serve } from './threads';

// Parameters: the caller sets them before `setUp`.
/** The maximum number of columns per call, and of values per column. */
export let nColumns: i32 = 0;
export let nValues: i32 = 0;
/** The maximum number of bins of a column, up to 255. */
export let maxBins: i32 = 0;
export let nThreads: i32 = 1;

/** f64[nColumns][nValues]: the non-missing values of each column; and i32[nColumns]: their number. */
export let values: usize = 0;
export let lengths: usize = 0;
/** f64[nColumns][256]: the edges of each column; and i32[nColumns]: their number. */
export let edges: usize = 0;
export let nEdges: usize = 0;

/** f64[nThreads][nValues]: a buffer for sorting. */
let sorted: usize = 0;
/** i32[nThreads][N_PASSES][N_DIGITS]: the number of values with each digit, then the position of the next of them. */
let places: usize = 0;
const DIGIT_BITS: i32 = 11;
const N_DIGITS: i32 = 1 << DIGIT_BITS;
const N_PASSES: i32 = 6;

export function setUp(): void {
  clear();
  setUpThreads();
  values = take(8 * <usize>nColumns * nValues);
  lengths = take(4 * <usize>nColumns);
  edges = take(8 * 256 * <usize>nColumns);
  nEdges = take(4 * <usize>nColumns);
  sorted = take(8 * <usize>nThreads * nValues);
  places = take(4 * N_PASSES * N_DIGITS * <usize>nThreads);
}

/** Finds the edges of the first `nHere` columns, whose values are reordered. */
export function findEdges(nHere: i32): void {
  fork(findSome, nHere);
}

function findSome(nHere: i32, thread: i32, nThreads: i32): void {
  for (let column = nextPiece(); column < nHere; column = nextPiece()) {
    const length = load<i32>(lengths + ((<usize>column) << 2));
    const rising = sort(
      values + 8 * <usize>column * nValues,
      sorted + 8 * <usize>thread * nValues,
      length,
      places + 4 * N_PASSES * N_DIGITS * <usize>thread,
    );
    store<i32>(nEdges + ((<usize>column) << 2), cut(rising, length, edges + 8 * 256 * <usize>column));
  }
}

/** Radix sort, back and forth between two buffers; returns the buffer with the result. */
function sort(from: usize, to: usize, length: i32, counts: usize): usize {
  memory.fill(counts, 0, 4 * N_PASSES * N_DIGITS);
  const end = from + ((<usize>length) << 3);
  for (let at = from; at < end; at += 8) {
    // Keys rise with the numbers: all bits of negative numbers are flipped, and the sign bit of others.
    const bits = load<i64>(at);
    const key = <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE));
    store<u64>(at, key);
    for (let pass = 0; pass < N_PASSES; pass++) {
      const place = placeOf(counts, pass, key);
      store<i32>(place, load<i32>(place) + 1);
    }
  }
  for (let pass = 0; pass < N_PASSES; pass++) {
    if (length == 0 || load<i32>(placeOf(counts, pass, load<u64>(from))) == length) continue;
    let next = 0;
    for (let digit = 0; digit < N_DIGITS; digit++) {
      const place = counts + ((<usize>(pass * N_DIGITS + digit)) << 2);
      const count = load<i32>(place);
      store<i32>(place, next);
      next += count;
    }
    for (let i = 0; i < length; i++) {
      const key = load<u64>(from + ((<usize>i) << 3));
      const place = placeOf(counts, pass, key);
      const rank = load<i32>(place);
      store<i32>(place, rank + 1);
      store<u64>(to + ((<usize>rank) << 3), key);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let i = 0; i < length; i++) {
    const at = from + ((<usize>i) << 3);
    const key = load<i64>(at);
    store<i64>(at, key ^ ((~key >> 63) | i64.MIN_VALUE));
  }
  return from;
}

@inline
function placeOf(counts: usize, pass: i32, key: u64): usize {
  return counts + ((<usize>(pass * N_DIGITS + (<i32>(key >>> (pass * DIGIT_BITS)) & (N_DIGITS - 1)))) << 2);
}

@inline
function valueAt(rising: usize, i: i32): f64 {
  return load<f64>(rising + ((<usize>i) << 3));
}

/** The end of the values equal to the one at `start`. */
function endOfRun(rising: usize, start: i32, length: i32): i32 {
  const value = valueAt(rising, start);
  let end = start + 1;
  while (end < length && valueAt(rising, end) == value) end++;
  return end;
}

/** Writes the edges of bins with about equally many of the rising values, and returns their number. */
function cut(rising: usize, length: i32, to: usize): i32 {
  let nDistinct = 0;
  for (let i = 0; i < length; i = endOfRun(rising, i, length)) nDistinct++;
  let n = 0;
  let rowsLeft = length;
  let binsLeft = maxBins;
  let inBin = 0;
  let start = 0;
  let end = length == 0 ? 0 : endOfRun(rising, 0, length);
  while (end < length) {
    const nextEnd = endOfRun(rising, end, length);
    inBin += end - start;
    const fair = <f64>rowsLeft / <f64>binsLeft;
    // A very frequent value starts its own bin instead of overfilling the previous one.
    const isFull = binsLeft > 1 && (<f64>inBin >= fair || <f64>(nextEnd - end) >= fair);
    if (isFull || nDistinct <= maxBins) {
      store<f64>(to + ((<usize>n) << 3), midway(valueAt(rising, start), valueAt(rising, end)));
      n++;
    }
    if (isFull) {
      rowsLeft -= inBin;
      binsLeft--;
      inBin = 0;
    }
    start = end;
    end = nextEnd;
  }
  return n;
}

function midway(low: f64, high: f64): f64 {
  const middle = low / 2 + high / 2;
  // There is nothing between adjacent floating-point numbers.
  return middle >= low && middle < high ? middle : low;
}
