// AssemblyScript. The rows and the state of the current problem. `setUp` allocates all arrays in the linear memory, followed by the cache
// of kernel rows.

import { clear, take } from '../arena';

/** The number of interleaved rows. */
export const WIDTH: i32 = 16;

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let kernel: i32 = 0;
export let gamma: f64 = 0;
export let coef0: f64 = 0;
export let degree: i32 = 0;
/** The maximum number of cached kernel rows, at least 2. */
export let maxSlots: i32 = 0;
/** Whether each row has two members, its own number and that plus `nPadded`, as in regression. */
export let isTwice: bool = false;

export let nPadded: i32 = 0;
/** The largest number of members: `nPadded`, or twice that. */
export let nNumbers: i32 = 0;

/** f32[nPadded / 16][nFeatures][16]: the rows, interleaved in sixteens and padded with zeros. */
export let rows: usize = 0;
/** f32[nFeatures]: the row that kernels are computed with. */
export let point: usize = 0;
/** f32[nPadded]: the kernel of each row with itself. */
export let diagonal: usize = 0;

/** i32[nNumbers]: the members of the current problem; and by member number, the side (1 or -1), cost, bound, α and gradient. */
export let members: usize = 0;
export let sides: usize = 0;
export let costs: usize = 0;
export let bounds: usize = 0;
export let alphas: usize = 0;
export let gradients: usize = 0;

// The cached kernel rows, f32[nPadded] each; the slot of each row or -1, the row of each slot, and the time of its last use.
export let slotOfRow: usize = 0;
export let rowOfSlot: usize = 0;
export let lastUse: usize = 0;
export let cache: usize = 0;
// The members during solving, active ones first: f64 violation (minus side times gradient), side, α and bound, f32 kernel with itself, and
// i32 number. An offset of the violation, -Infinity if α cannot move with its side and Infinity if it cannot move against it, otherwise 0,
// keeps such members from being chosen.
export let violations: usize = 0;
export let withSide: usize = 0;
export let againstSide: usize = 0;
export let ofSides: usize = 0;
export let ofAlphas: usize = 0;
export let ofBounds: usize = 0;
export let ofDiagonal: usize = 0;
export let ofMembers: usize = 0;
export let rowOfColumn: usize = 0;
export let narrowSlotOfRow: usize = 0;
export let narrow: usize = 0;
export let narrowEnd: usize = 0;
/** The size that fits into a processor's cache. */
const MAX_NARROW_BYTES: usize = 8 << 20;
/** f64[nPadded]: the sum of kernels times α and side, for each row. */
export let weighted: usize = 0;

export function setUp(): void {
  nPadded = (nRows + WIDTH - 1) & ~(WIDTH - 1);
  clear();
  const n = <usize>nPadded;
  nNumbers = isTwice ? 2 * nPadded : nPadded;
  const m = <usize>nNumbers;
  rows = take(4 * n * nFeatures);
  point = take(4 * <usize>nFeatures);
  diagonal = take(4 * n);
  members = take(4 * m);
  sides = take(8 * m);
  costs = take(8 * m);
  bounds = take(8 * m);
  alphas = take(8 * m);
  gradients = take(8 * m);
  violations = take(8 * m);
  withSide = take(8 * m);
  againstSide = take(8 * m);
  ofSides = take(8 * m);
  ofAlphas = take(8 * m);
  ofBounds = take(8 * m);
  ofDiagonal = take(4 * m);
  ofMembers = take(4 * m);
  rowOfColumn = take(4 * m);
  narrowSlotOfRow = take(4 * n);
  weighted = take(8 * n);
  slotOfRow = take(4 * n);
  rowOfSlot = take(4 * <usize>maxSlots);
  lastUse = take(4 * <usize>maxSlots);
  // Room for at least four whole rows.
  const narrowBytes = max(16 * m, min(<usize>maxSlots * m, MAX_NARROW_BYTES));
  narrow = take(narrowBytes);
  narrowEnd = narrow + narrowBytes;
  cache = take(0);
  // The memory may be reused.
  memory.fill(rows, 0, 4 * n * nFeatures);
}

/** Whether all rows are members. */
export function areAll(nMembers: i32): bool {
  return nMembers === (isTwice ? nNumbers : nRows);
}
