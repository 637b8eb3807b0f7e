// AssemblyScript. Sets of categories: if they are sorted by their ratio of gradient to curvature, the best set is a prefix or a suffix
// (Fisher 1958). Missing values are one of the categories; rare ones go right with unseen ones.

import { ratios, sorted } from './memory';

/**
 * The minimum number of rows, as measured by curvature, of a category that is placed by its ratio; also the smoothing of ratios towards 0.
 */
export const LEAST_CATEGORY: f64 = 10;

let nSorted: i32 = 0;
// The arrays of the current thread.
let mySorted: usize = 0;
let myRatios: usize = 0;

export function clearSorted(thread: i32): void {
  nSorted = 0;
  mySorted = sorted + 4 * 256 * <usize>thread;
  myRatios = ratios + 8 * 256 * <usize>thread;
}

/** Inserts a category at its position in the sorted list. */
export function addSorted(bin: i32, sum: v128): void {
  const ratio = f64x2.extract_lane(sum, 0) / (f64x2.extract_lane(sum, 1) + LEAST_CATEGORY);
  let to = nSorted;
  nSorted++;
  for (; to > 0 && load<f64>(myRatios + ((<usize>(to - 1)) << 3)) > ratio; to--) {
    store<f64>(myRatios + ((<usize>to) << 3), load<f64>(myRatios + ((<usize>(to - 1)) << 3)));
    store<i32>(mySorted + ((<usize>to) << 2), load<i32>(mySorted + ((<usize>(to - 1)) << 2)));
  }
  store<f64>(myRatios + ((<usize>to) << 3), ratio);
  store<i32>(mySorted + ((<usize>to) << 2), bin);
}

/**
 * The number of categories tried from either end: up to the middle, so that each cut is tried once, with excluded categories on the larger
 * side.
 */
@inline
export function nTried(): i32 {
  return (nSorted + 1) >> 1;
}

/** The category at a position from the start (direction 0) or the end (direction 1). */
@inline
export function sortedAt(direction: i32, i: i32): i32 {
  return load<i32>(mySorted + ((<usize>(direction == 0 ? i : nSorted - 1 - i)) << 2));
}

/** Stores the set of the categories up to a position. */
export function keepSet(set: usize, direction: i32, last: i32): void {
  memory.fill(set, 0, 32);
  for (let i = 0; i <= last; i++) {
    const member = sortedAt(direction, i);
    const word = set + ((<usize>member >>> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (member & 31)));
  }
}
