// AssemblyScript. Kernel rows whose columns are the active members.

import { kernelRow } from './kernel-rows';
import { nActive, rowAt } from './members';
import { isTwice, narrow, narrowEnd, narrowSlotOfRow, nPadded, nRows, rowOfColumn } from './memory';

// If not all rows are active, the needed part of kernel rows is copied to contiguous memory: i32 row of each column, slot of each row or
// -1, and f32 rows of `nColumns`. `nColumns` is 0 if whole rows are used.
let nColumns: i32 = 0;
let nNarrow: i32 = 0;
/** The index from which columns repeat, if whole rows are used and each has two members. */
export let fold: i32 = 0;

/** Switches to whole kernel rows, or to the columns of the active members. */
export function useColumns(whole: bool): void {
  nColumns = 0;
  fold = whole && isTwice ? nPadded : i32.MAX_VALUE;
  if (whole) return;
  nColumns = (nActive + 3) & ~3;
  nNarrow = 0;
  for (let k = 0; k < nActive; k++) store<i32>(rowOfColumn + ((<usize>k) << 2), rowAt(k));
  for (let k = nActive; k < nColumns; k++) store<i32>(rowOfColumn + ((<usize>k) << 2), 0);
  memory.fill(narrowSlotOfRow, 0xff, 4 * <usize>nRows);
}

/** The column of a member in kernel rows. */
@inline
export function columnOf(place: i32): i32 {
  return place < fold ? place : place - fold;
}

/** The kernel row of a row, with the active members as columns. That of `spared` is not evicted. */
export function kernelsOf(row: i32, spared: i32): usize {
  if (nColumns === 0) return kernelRow(row, spared);
  const size = (<usize>nColumns) << 2;
  const known = load<i32>(narrowSlotOfRow + ((<usize>row) << 2));
  if (known >= 0) return narrow + <usize>known * size;
  if (narrow + <usize>(nNarrow + 1) * size > narrowEnd) {
    // Full: start over, but never between the two rows of a pair.
    memory.fill(narrowSlotOfRow, 0xff, 4 * <usize>nRows);
    nNarrow = 0;
    if (spared >= 0) kernelsOf(spared, -1);
  }
  const whole = kernelRow(row, -1);
  const slot = nNarrow;
  nNarrow++;
  store<i32>(narrowSlotOfRow + ((<usize>row) << 2), slot);
  const to = narrow + <usize>slot * size;
  const columns = rowOfColumn;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(whole + (load<u32>(columns + at) << 2)));
  }
  return to;
}
