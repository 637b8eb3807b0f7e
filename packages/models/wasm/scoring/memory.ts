// AssemblyScript. Fitted trees and a block of rows. `setUp` allocates all arrays in the linear memory.

import { clear, take } from '../arena';
import { setUpThreads } from '../threads';

/** The maximum number of rows per block: a large tree is loaded into the cache once per block. */
const MAX_ROWS: i32 = 1 << 16;
/** The maximum size of a block in bytes. */
const MAX_BYTES: i32 = 1 << 22;
/** The minimum number of rows per block. */
const MIN_ROWS: i32 = 64;
export const SET_BYTES: usize = 32;

// Parameters: the caller sets them before `setUp`.
export let nNodes: i32 = 0;
export let nTrees: i32 = 0;
export let nSets: i32 = 0;
export let nLeaves: i32 = 0;
export let nOutputs: i32 = 0;
export let nFeatures: i32 = 0;
export let nSums: i32 = 0;

export let stride: usize = 0;

/**
 * i32[nNodes][2]. For a node that compares bins: `column << 8 | bin`, and the offset of its left child in bytes, which the right one
 * follows. For a node with a set of bins: -1 minus the index of the set, and the left child. A leaf is encoded as a comparison that sends
 * every row left, to the leaf itself.
 */
export let nodes: usize = 0;
/** i32[nNodes]: the index of each leaf among the leaves; for a node with a set, its feature. */
export let leafOfNode: usize = 0;
/** i32[nTrees]: the offset of each root in bytes. */
export let roots: usize = 0;
/** i32[nSets][8]: a bit for each bin whose rows go right. */
export let sets: usize = 0;
/** f64[nLeaves][nOutputs]. */
export let leafValues: usize = 0;
/** The maximum number of rows. */
export let blockRows: i32 = 0;
/** u8[blockRows][2 * nFeatures]: the bins of each row, in each column. */
export let rowCodes: usize = 0;
/** i32[blockRows]: the leaf that each row falls into. */
export let leaves: usize = 0;
/** i32[2]: the arguments of a call, for all threads. */
export let call: usize = 0;
/** f64[nSums][blockRows]. */
export let sums: usize = 0;

export function setUp(): void {
  stride = 2 * <usize>nFeatures;
  clear();
  setUpThreads();
  call = take(8);
  nodes = take(8 * <usize>nNodes);
  leafOfNode = take(4 * <usize>nNodes);
  roots = take(4 * <usize>nTrees);
  sets = take(SET_BYTES * nSets);
  leafValues = take(8 * <usize>nLeaves * nOutputs);
  const bytesPerRow = <i32>stride + 8 * nSums + 4;
  blockRows = max(MIN_ROWS, min(MAX_ROWS, MAX_BYTES / bytesPerRow));
  rowCodes = take(<usize>blockRows * stride);
  leaves = take(4 * <usize>blockRows);
  sums = take(8 * <usize>blockRows * nSums);
}
