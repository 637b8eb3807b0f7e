// AssemblyScript. The nodes of the tree at hand.

import { reserve } from '../arena';
import { END, nClasses, nodes, nodeSize, SEED, START, WEIGHTS } from './memory';

const LEAF: i32 = -1;
export let nNodes: i32 = 0;

export function clearNodes(): void {
  nNodes = 0;
}

@inline
export function nodeAt(node: i32): usize {
  return nodes + <usize>node * nodeSize;
}

export function addNode(start: i32, end: i32, seed: u32, ofClasses: usize): void {
  const at = nodeAt(nNodes);
  const missing = at + nodeSize > <usize>memory.size() << 16;
  // Doubled, as pages are costly to ask for one by one.
  if (missing) reserve(at + nodeSize + min(<usize>memory.size() << 16, 1 << 26));
  store<i32>(at, LEAF);
  store<i32>(at + 4, 0);
  store<i32>(at + START, start);
  store<i32>(at + END, end);
  store<u32>(at + SEED, seed);
  for (let k: usize = 0; k < <usize>nClasses << 3; k += 8) store<f64>(at + WEIGHTS + k, load<f64>(ofClasses + k));
  nNodes++;
}

export function isPure(ofClasses: usize): bool {
  let nPresent = 0;
  for (let k = 0; k < nClasses; k++) if (load<f64>(ofClasses + ((<usize>k) << 3)) > 0) nPresent++;
  return nPresent <= 1;
}
