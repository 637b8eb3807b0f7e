// AssemblyScript. The nodes of the current tree.

import { reserve } from '../arena';
import { sumOf, weightOf } from './cells';
import {
  amounts,
  areAmounts,
  areCounted,
  DEPTH,
  END,
  LEFT,
  LINK,
  nodes,
  nodeSize,
  nSums,
  NUMBER,
  ROW_BITS,
  rows,
  SEED,
  START,
  SUMS,
  WEIGHT,
} from './memory';

const LEAF: i32 = -1;
export let nNodes: i32 = 0;

export function clearNodes(): void {
  nNodes = 0;
}

@inline
export function nodeAt(node: i32): usize {
  return nodes + <usize>node * nodeSize;
}

export function addNode(start: i32, end: i32, seed: u32, depth: i32, sums: usize): void {
  const at = nodeAt(nNodes);
  const missing = at + nodeSize > <usize>memory.size() << 16;
  // Doubled, since growing page by page is slow.
  if (missing) reserve(at + nodeSize + min(<usize>memory.size() << 16, 1 << 26));
  store<i32>(at, LEAF);
  store<i32>(at + 4, 0);
  store<i32>(at + START, start);
  store<i32>(at + END, end);
  store<u32>(at + SEED, seed);
  store<i32>(at + DEPTH, depth);
  for (let k: usize = 0; k < <usize>nSums << 3; k += 8) store<f64>(at + SUMS + k, load<f64>(sums + k));
  nNodes++;
}

/** Writes into each node a link to the node at its position in level order. */
export function orderByLevel(): void {
  store<i32>(nodeAt(0) + LINK, 0);
  let nPlaced = 1;
  for (let place = 0; place < nPlaced; place++) {
    const node = nodeAt(load<i32>(nodeAt(place) + LINK));
    if (load<i32>(node) == LEAF) continue;
    const left = load<i32>(node + LEFT);
    store<i32>(nodeAt(nPlaced++) + LINK, left);
    store<i32>(nodeAt(nPlaced++) + LINK, left + 1);
  }
}

/** Converts the cells of nodes to weights and sums, if target values are counted. */
export function readCells(): void {
  if (!areAmounts() || !areCounted) return;
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node) + SUMS;
    const cell = v128.load(at);
    v128.store(at, f64x2.replace_lane(f64x2.splat(weightOf(cell)), 1, sumOf(cell)));
  }
}

/** Whether all rows of a node have the same class or target value. */
export function isPure(node: usize): bool {
  if (areAmounts()) return isOneAmount(load<i32>(node, START), load<i32>(node, END));
  let nPresent = 0;
  for (let k = 0; k < nSums; k++) if (load<f64>(node + SUMS + ((<usize>k) << 3)) > 0) nPresent++;
  return nPresent <= 1;
}

function isOneAmount(start: i32, end: i32): bool {
  let at = rows + (<usize>start << ROW_BITS);
  const last = rows + (<usize>end << ROW_BITS);
  const first = amountAt(at);
  while (at < last && amountAt(at) == first) at += 1 << ROW_BITS;
  return at >= last;
}

@inline
function amountAt(row: usize): f64 {
  const number = load<u32>(row, NUMBER);
  return areCounted
    ? <f64>(load<i64>(row, WEIGHT) / <i64>number)
    : load<f64>(amounts + (<usize>number << 3));
}
