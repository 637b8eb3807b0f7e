// AssemblyScript. The rows, and what is known of the problem at hand. All arrays lie in the linear memory one after another: `setUp` gives
// each its place. Kernel rows that were computed are kept behind them, as many as fit the bound.

import { clear, take } from '../arena';

/** Rows are held by sixteens, the last of which are filled up with zeros. */
export const WIDTH: i32 = 16;

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let kernel: i32 = 0;
export let gamma: f64 = 0;
export let coef0: f64 = 0;
export let degree: i32 = 0;
/** How many kernel rows are kept at most, from 2. */
export let maxSlots: i32 = 0;
/** Whether each row is there twice, with its own number and with that plus `nPadded`, as regression has it. */
export let isTwice: bool = false;

export let nPadded: i32 = 0;
/** How many numbers members may have: `nPadded`, or twice as many. */
export let nNumbers: i32 = 0;

/** f32[nPadded / 16][nFeatures][16]: the rows, sixteen side by side. */
export let rows: usize = 0;
/** f32[nFeatures]: the row that kernels are taken with. */
export let point: usize = 0;
/** f32[nPadded]: the kernel of each row with itself. */
export let diagonal: usize = 0;

/** i32[nNumbers]: the members of the problem at hand; and by number the side of each (1 or -1), what its α costs, bound, α and gradient. */
export let members: usize = 0;
export let sides: usize = 0;
export let costs: usize = 0;
export let bounds: usize = 0;
export let alphas: usize = 0;
export let gradients: usize = 0;

// The kernel rows kept: f32[nPadded] each, the slot of each row or -1, the row of each slot, and when it was used last.
export let slotOfRow: usize = 0;
export let rowOfSlot: usize = 0;
export let lastUse: usize = 0;
export let cache: usize = 0;
// The members while a problem is solved, those still looked at first: f64 violation (minus side times gradient), side, α and bound,
// f32 kernel with itself, and i32 number. What is added to the violation where α cannot move with its side is -Infinity, and against
// it Infinity, else 0: no such member is the one with the highest or lowest.
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
/** What stays in the cache of a processor. */
const MOST_NARROW_BYTES: usize = 8 << 20;
/** f64[nPadded]: for each row the sum of kernels times α and side. */
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
  // There is room for four whole rows at least.
  const narrowBytes = max(16 * m, min(<usize>maxSlots * m, MOST_NARROW_BYTES));
  narrow = take(narrowBytes);
  narrowEnd = narrow + narrowBytes;
  cache = take(0);
  // The memory may have been used before.
  memory.fill(rows, 0, 4 * n * nFeatures);
}

/** Whether so many members are all that there can be. */
export function areAll(nMembers: i32): bool {
  return nMembers === (isTwice ? nNumbers : nRows);
}
