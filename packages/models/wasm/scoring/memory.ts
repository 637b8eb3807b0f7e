// AssemblyScript. Fitted trees and a block of rows. All arrays lie in the linear memory one after another: `setUp` gives each its place.

import { clear, take } from '../arena';

/** How many rows go down one by one at a time: few enough to stay in the cache while all trees go over them, and enough for each tree to do so, too. */
export const BLOCK: i32 = 1024;
/** The most rows that go down together. Their places among one another take 16 bits. */
const MOST: i32 = 8192;
/** How many bytes the bins of a block may take, where that is more than one of `BLOCK` rows. */
const MOST_BYTES: i32 = 1 << 24;
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
 * i32[nNodes][2]. For a node that compares a bin, `column << 8 | bin` and the offset of its left child in bytes, next to which is the
 * right one. For a node of a category, -1 - the number of its set, and its left child. A leaf compares so that every row goes to
 * the left, to the leaf itself.
 */
export let nodes: usize = 0;
/** i32[nNodes]: the number of each leaf among the leaves; for a node of a category its feature. */
export let leafOfNode: usize = 0;
/** i32[nTrees]: the offset of each root in bytes. */
export let roots: usize = 0;
/** i32[nSets][8]: a bit for each bin whose rows go right. */
export let sets: usize = 0;
/** f64[nLeaves][nOutputs]. */
export let leafValues: usize = 0;
/** How many rows go down together at a time. */
export let manyRows: i32 = 0;
/** u8[BLOCK][2 * nFeatures]: the bins of each row, in each column; u8[2 * nFeatures][manyRows] of many rows. */
export let rowCodes: usize = 0;
/** i32[BLOCK]: the leaf that each row falls into. */
export let leaves: usize = 0;
/** f64[nSums][manyRows]. */
export let sums: usize = 0;
/** u16[manyRows]: the rows of a block, those of a node side by side; of nodes of even depth, and of odd. */
export let evenRows: usize = 0;
export let oddRows: usize = 0;
/** u16[manyRows]: the rows of a node that go right, until it is known where they begin. */
export let rightRows: usize = 0;
/** u8[256][16]: for each eight bits, how the places of those that are 0 move to the front, two bytes a place. */
export let fronts: usize = 0;
/** The nodes put aside while rows go down beside them: u32 node, with 1 added where its depth is odd, and u16 start and end of its rows. */
export let aside: usize = 0;

export function setUp(): void {
  stride = 2 * <usize>nFeatures;
  clear();
  nodes = take(8 * <usize>nNodes);
  leafOfNode = take(4 * <usize>nNodes);
  roots = take(4 * <usize>nTrees);
  sets = take(SET_BYTES * nSets);
  leafValues = take(8 * <usize>nLeaves * nOutputs);
  manyRows = max(BLOCK, min(MOST, MOST_BYTES / <i32>stride));
  rowCodes = take(<usize>manyRows * stride);
  leaves = take(4 * BLOCK);
  sums = take(8 * <usize>manyRows * nSums);
  evenRows = take(2 * <usize>manyRows + 16);
  // Set off against the others: reads and writes at the same place of two pages wait for each other.
  oddRows = take(2 * <usize>manyRows + 2112 + 16) + 2112;
  aside = take(8 * <usize>manyRows);
  rightRows = take(2 * <usize>manyRows + 16);
  fronts = take(256 * 16);
  for (let bits: u32 = 0; bits < 256; bits++) {
    let to = fronts + (bits << 4);
    for (let place: u32 = 0; place < 8; place++) {
      if ((bits >>> place) & 1) continue;
      store<u8>(to, <u8>(2 * place));
      store<u8>(to, <u8>(2 * place + 1), 1);
      to += 2;
    }
  }
}
