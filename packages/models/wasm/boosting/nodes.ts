// AssemblyScript. The nodes of the current tree.

import { isCategory, l2, NODE, nodes, offsets, sets } from './memory';

export const LEAF: i32 = -1;
// i32 feature, i32 bin, i32 left and right child, u8 whether missing values go left, i32 start and end of its rows, i32 depth, f64 value,
// f64 bounds of the value, f64 weight of its rows, and u64 the interaction groups that contain all features on the path to it.
export const NODE_BIN: i32 = 4;
export const NODE_LEFT: i32 = 8;
export const NODE_RIGHT: i32 = 12;
export const NODE_MISSING_LEFT: i32 = 16;
export const NODE_START: i32 = 20;
export const NODE_END: i32 = 24;
export const NODE_DEPTH: i32 = 28;
export const NODE_VALUE: i32 = 32;
export const NODE_LOWER: i32 = 40;
export const NODE_UPPER: i32 = 48;
export const NODE_WEIGHT: i32 = 56;
export const NODE_GROUPS: i32 = 64;

export let nNodes: i32 = 0;
@inline
export function nodeAt(node: i32): usize {
  return nodes + <usize>node * NODE;
}

export function clearNodes(): void {
  nNodes = 0;
}

export function addNode(start: i32, end: i32, depth: i32, lower: f64, upper: f64, groups: u64): i32 {
  const at = nodeAt(nNodes);
  store<i32>(at, LEAF);
  store<i32>(at, start, NODE_START);
  store<i32>(at, end, NODE_END);
  store<i32>(at, depth, NODE_DEPTH);
  store<f64>(at, 0, NODE_VALUE);
  store<f64>(at, lower, NODE_LOWER);
  store<f64>(at, upper, NODE_UPPER);
  store<u64>(at, groups, NODE_GROUPS);
  nNodes++;
  return nNodes - 1;
}

/** The value of a node: minus the Newton step, within its bounds. */
@inline
export function valueOf(sum: v128, lower: f64, upper: f64): f64 {
  const value = -f64x2.extract_lane(sum, 0) / (f64x2.extract_lane(sum, 1) + l2 + 1e-300);
  return min(max(value, lower), upper);
}

export function setValue(node: i32, sum: v128): void {
  const at = nodeAt(node);
  store<f64>(at, valueOf(sum, load<f64>(at, NODE_LOWER), load<f64>(at, NODE_UPPER)), NODE_VALUE);
}

/** Whether a row with this bin goes left at a node. */
@inline
export function goesLeft(node: i32, feature: i32, bin: i32): bool {
  const at = nodeAt(node);
  if (load<u8>(isCategory + feature)) {
    return ((load<u32>(sets + 32 * <usize>node + ((<usize>bin >>> 5) << 2)) >>> (bin & 31)) & 1) == 1;
  }
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - load<i32>(offsets + ((<usize>feature) << 2)) - 1;
  if (bin == nBins) return load<u8>(at, NODE_MISSING_LEFT) == 1;
  return bin <= load<i32>(at, NODE_BIN);
}
