// AssemblyScript. The cache of kernel rows.

import { reserve } from '../arena';
import { RBF } from '../kernels';
import { entry, kernelOf, kernelsWithPoint } from './kernels-of-rows';
import {
  cache,
  diagonal,
  kernel,
  lastUse,
  maxSlots,
  nFeatures,
  nPadded,
  nRows,
  point,
  rowOfSlot,
  slotOfRow,
} from './memory';

let nSlots: i32 = 0;
let nReserved: i32 = 0;
let clock: i32 = 0;

/** Call it once `rows` is filled. */
export function prepare(): void {
  nSlots = 0;
  nReserved = 0;
  for (let row = 0; row < nRows; row++) {
    store<i32>(slotOfRow + ((<usize>row) << 2), -1);
    // In the same order as in kernel rows, so that the curvature between equal rows is exactly 0.
    let sum: f32 = 0;
    for (let j = 0; j < nFeatures; j++) {
      const value = load<f32>(entry(row, j));
      const other = kernel === RBF ? value - value : value;
      sum += other * other;
    }
    store<f32>(diagonal + ((<usize>row) << 2), f32x4.extract_lane(kernelOf(f32x4.splat(sum)), 0));
  }
}

/** The address of the kernel row of a row, computed if it is not cached. That of `spared` is not evicted. */
export function kernelRow(row: i32, spared: i32): usize {
  let slot = load<i32>(slotOfRow + ((<usize>row) << 2));
  clock++;
  if (slot < 0) {
    slot = freeSlot(spared);
    for (let j = 0; j < nFeatures; j++) store<f32>(point + ((<usize>j) << 2), load<f32>(entry(row, j)));
    const start = slotAt(slot);
    kernelsWithPoint(start);
    const end = start + 4 * <usize>nPadded;
    for (let at = start; at < end; at += 16) v128.store(at, kernelOf(v128.load(at)));
    store<i32>(slotOfRow + ((<usize>row) << 2), slot);
    store<i32>(rowOfSlot + ((<usize>slot) << 2), row);
  }
  store<i32>(lastUse + ((<usize>slot) << 2), clock);
  return slotAt(slot);
}

@inline
function slotAt(slot: i32): usize {
  return cache + <usize>slot * nPadded * 4;
}

/** A new slot, or that of the least recently used row. */
function freeSlot(spared: i32): i32 {
  if (nSlots < maxSlots) {
    // Growing memory is slow, so it grows by a sixteenth of the rows at a time.
    if (nSlots === nReserved) {
      nReserved = min(maxSlots, nSlots + max(64, nSlots >> 4));
      reserve(slotAt(nReserved));
    }
    nSlots++;
    return nSlots - 1;
  }
  let oldest = -1;
  let time = i32.MAX_VALUE;
  for (let slot = 0; slot < nSlots; slot++) {
    const used = load<i32>(lastUse + ((<usize>slot) << 2));
    if (used < time && load<i32>(rowOfSlot + ((<usize>slot) << 2)) != spared) {
      time = used;
      oldest = slot;
    }
  }
  store<i32>(slotOfRow + ((<usize>load<i32>(rowOfSlot + ((<usize>oldest) << 2))) << 2), -1);
  return oldest;
}
