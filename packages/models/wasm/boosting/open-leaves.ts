// AssemblyScript. The leaves that could still be split, and the best split of each.

import { isLevelWise, maxLeaves, OPEN, open, openSets } from './memory';

/** Gains up to this are rounding errors of equal rows. */
export const LEAST_GAIN: f64 = 1e-9;

// i32 node, i32 slot of its histogram, f64 gain of its best split, i32 feature, i32 bin, i32 missing left, i32x4 sum on the left.
export const OPEN_SLOT: i32 = 4;
export const OPEN_GAIN: i32 = 8;
export const OPEN_FEATURE: i32 = 16;
export const OPEN_BIN: i32 = 20;
export const OPEN_MISSING_LEFT: i32 = 24;
export const OPEN_LEFT: i32 = 32;
/** i32x4: the sum of the leaf. */
export const OPEN_SUM: i32 = 48;
export let nOpen: i32 = 0;

@inline
export function openAt(place: i32): usize {
  return open + <usize>place * OPEN;
}

/** The entry of the split being tried. */
@inline
export function tried(): i32 {
  return maxLeaves;
}

@inline
export function setOf(place: i32): usize {
  return openSets + 32 * <usize>place;
}

export function clearOpen(): void {
  nOpen = 0;
}

/** Adds an open leaf, and returns its index. */
export function addOpen(): usize {
  nOpen++;
  return openAt(nOpen - 1);
}

/** The open leaf to split next: the one with the highest gain, or at the lowest depth; negative if none can be split. */
export function bestOpen(): i32 {
  let best = -1;
  let highest: f64 = 0;
  for (let place = 0; place < nOpen; place++) {
    const at = openAt(place);
    const gain = load<f64>(at, OPEN_GAIN);
    if (gain <= LEAST_GAIN) continue;
    if (isLevelWise) {
      // The nodes of a level are added before those of the next, but an open leaf takes the index of its parent.
      if (best < 0 || load<i32>(at) < load<i32>(openAt(best))) best = place;
    } else if (gain > highest) {
      highest = gain;
      best = place;
    }
  }
  return best;
}

/** Stores a split as that of an open leaf, or as the tried one. */
export function keep(place: i32, feature: i32, bin: i32, missingLeft: bool, gain: f64, left: v128): void {
  const at = openAt(place);
  store<f64>(at, gain, OPEN_GAIN);
  store<i32>(at, feature, OPEN_FEATURE);
  store<i32>(at, bin, OPEN_BIN);
  store<i32>(at, i32(missingLeft), OPEN_MISSING_LEFT);
  v128.store(at, left, OPEN_LEFT);
}

/** Makes the tried split that of an open leaf, with the leaf's own left sum. */
export function take(place: i32, left: v128): void {
  const at = openAt(place);
  memory.copy(at + OPEN_GAIN, openAt(tried()) + OPEN_GAIN, OPEN_LEFT - OPEN_GAIN);
  v128.store(at, left, OPEN_LEFT);
  memory.copy(setOf(place), setOf(tried()), 32);
}
