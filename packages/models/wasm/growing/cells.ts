// AssemblyScript. Cells: integer sums of counted target values, which are exact and do not depend on the order of rows. A cell is i64x2:
// the first has the number of rows in its lower half and their weight in its upper half; the second is their target values times weights.

/** The cell of a single row of the tree. */
@inline
export function cellOf(row: v128): v128 {
  // A count of 1 replaces the index of the row.
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
