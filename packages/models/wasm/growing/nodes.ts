// AssemblyScript. The nodes of the tree at hand.

import { reserve } from '../arena';
import { DEPTH, END, LEFT, LINK, nClasses, nodes, nodeSize, SEED, START, WEIGHTS } from './memory';

const LEAF: i32 = -1;
export let nNodes: i32 = 0;

export function clearNodes(): void {
  nNodes = 0;
}

@inline
export function nodeAt(node: i32): usize {
  return nodes + <usize>node * nodeSize;
}

export function addNode(start: i32, end: i32, seed: u32, depth: i32, ofClasses: usize): void {
  const at = nodeAt(nNodes);
  const missing = at + nodeSize > <usize>memory.size() << 16;
  // Doubled, as pages are costly to ask for one by one.
  if (missing) reserve(at + nodeSize + min(<usize>memory.size() << 16, 1 << 26));
  store<i32>(at, LEAF);
  store<i32>(at + 4, 0);
  store<i32>(at + START, start);
  store<i32>(at + END, end);
  store<u32>(at + SEED, seed);
  store<i32>(at + DEPTH, depth);
  for (let k: usize = 0; k < <usize>nClasses << 3; k += 8) store<f64>(at + WEIGHTS + k, load<f64>(ofClasses + k));
  nNodes++;
}

/** Writes into each node which one stands at its place, where they are put level by level, each level from left to right. */
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

export function isPure(ofClasses: usize): bool {
  let nPresent = 0;
  for (let k = 0; k < nClasses; k++) if (load<f64>(ofClasses + ((<usize>k) << 3)) > 0) nPresent++;
  return nPresent <= 1;
}
