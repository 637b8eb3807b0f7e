// AssemblyScript, called by src/trees/binner.ts. Finds the bins of many values of a column.

import { edgesBelow } from './edges-below';

/** The maximum number of values per call. */
export const MAX_VALUES: i32 = 8192;
/** The number of edges; the caller sets unused ones to infinity. */
export const N_EDGES: i32 = 255;
const MISSING: u32 = 255;

/** f64[N_EDGES], f64[MAX_VALUES], u8[MAX_VALUES]. */
export const edges: usize = __heap_base;
export const values: usize = __heap_base + 2048;
export const codes: usize = __heap_base + 2048 + 8 * <usize>MAX_VALUES;

/** Allocates the arrays. */
export function setUp(): void {
  const nPages = <i32>((codes + MAX_VALUES + 0xffff) >>> 16);
  if (memory.size() < nPages) memory.grow(nPages - memory.size());
}

/** Writes the number of edges below each value. */
export function bin(nValues: i32): void {
  for (let i: usize = 0; i < <usize>nValues; i++) {
    const value = load<f64>(values + (i << 3));
    store<u8>(codes + i, select<u32>(edgesBelow(edges, value), MISSING, value == value));
  }
}
