// AssemblyScript. Cells: what is summed up of amounts that are counted, as whole numbers, so that sums are exact and the same in whatever
// order rows come. A cell is i64x2: the number of rows in the lower half of the first, their weight in its upper half; and their
// amounts times their weights.

/** A row of the tree as a cell. */
@inline
export function cellOf(row: v128): v128 {
  // The number of the row gives way to one row.
  return v128.or(v128.and(row, i32x4(0, -1, -1, -1)), i32x4(1, 0, 0, 0));
}

@inline
export function rowsOf(cell: v128): i32 {
  return i32x4.extract_lane(cell, 0);
}

@inline
export function weightOf(cell: v128): f64 {
  return <f64>(<u32>i32x4.extract_lane(cell, 1));
}

@inline
export function sumOf(cell: v128): f64 {
  return <f64>i64x2.extract_lane(cell, 1);
}
