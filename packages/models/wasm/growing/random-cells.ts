// AssemblyScript. A random split of a feature, with counted target values: two passes over the rows, without a histogram.

import { cellOf } from './cells';
import { tryCells } from './cell-splits';
import { hasMissing, MISSING_BIN, ROW_BITS, rows } from './memory';

// The range of the bins of the current feature.
let least: i32 = 0;
let greatest: i32 = 0;
let sawMissing: bool = false;

/** Scans the bins of a feature in the rows from `start` to `end`; false if they are all equal. */
export function isVariedCells(feature: i32, column: usize, start: i32, end: i32): bool {
  const last = rows + (<usize>end << ROW_BITS);
  let low = MISSING_BIN;
  let high = -1;
  if (load<u8>(hasMissing + feature) == 0) {
    for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
      const bin = <i32>load<u8>(column + load<u32>(at));
      low = min(low, bin);
      high = max(high, bin);
    }
    sawMissing = false;
  } else {
    let nMissing = 0;
    for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
      const bin = <i32>load<u8>(column + load<u32>(at));
      const isMissing = bin == MISSING_BIN;
      nMissing += i32(isMissing);
      low = min(low, bin);
      high = max(high, isMissing ? -1 : bin);
    }
    if (nMissing == end - start) return false;
    sawMissing = nMissing > 0;
  }
  least = low;
  greatest = high;
  return low < high || sawMissing;
}

/** `compareRandom`, for the feature last scanned by `isVariedCells`. */
export function compareRandomCells(feature: i32, column: usize, start: i32, end: i32, drawn: u32): void {
  const lastLeft = least + <i32>((<u64>drawn * <u64>(greatest - least)) >> 32);
  const isOneBin = least == greatest;
  // With the adjacent bin on the right, the split stays where it was drawn.
  const firstRight = isOneBin ? MISSING_BIN : lastLeft + 1;
  const last = rows + (<usize>end << ROW_BITS);
  let left = i64x2.splat(0);
  let missing = left;
  if (!sawMissing) {
    for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
      const row = v128.load(at);
      const bin = <i32>load<u8>(column + <usize>i32x4.extract_lane(row, 0));
      left = i64x2.add(left, where(bin <= lastLeft, row));
    }
    tryCells(feature, lastLeft, firstRight, 2, left);
    return;
  }
  for (let at = rows + (<usize>start << ROW_BITS); at < last; at += 1 << ROW_BITS) {
    const row = v128.load(at);
    const bin = <i32>load<u8>(column + <usize>i32x4.extract_lane(row, 0));
    left = i64x2.add(left, where(bin <= lastLeft, row));
    missing = i64x2.add(missing, where(bin == MISSING_BIN, row));
  }
  tryCells(feature, lastLeft, firstRight, 1, left);
  if (!isOneBin) tryCells(feature, lastLeft, firstRight, 0, i64x2.add(left, missing));
}

/** The cell of a row if `is` is true, otherwise 0; branchless, since half of the branches would be mispredicted. */
@inline
function where(is: bool, row: v128): v128 {
  return v128.and(cellOf(row), i32x4.splat(-i32(is)));
}
