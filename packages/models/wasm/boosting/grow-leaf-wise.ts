// AssemblyScript. Grows trees leaf by leaf, with the highest gain first, or level by level.

import { findSplits } from './find-split';
import { maxDepth, maxLeaves, minSamplesLeaf } from './memory';
import { NODE_DEPTH, NODE_END, NODE_START, nodeAt } from './nodes';
import { bestOpen, nOpen, openAt } from './open-leaves';
import { splitLeaf } from './split-leaf';

/** Splits the open root, then the best leaf, until there are enough leaves. */
export function growLeafWise(): void {
  findSplits(0, -1);
  for (let nLeaves = 2; nLeaves <= maxLeaves; nLeaves++) {
    const place = bestOpen();
    if (place < 0) return;
    const other = nOpen;
    const needsSplits = nLeaves < maxLeaves && load<i32>(nodeAt(load<i32>(openAt(place))), NODE_DEPTH) + 1 < maxDepth;
    const isBuilt = splitLeaf(place, needsSplits);
    if (isBuilt && max(nRowsOf(place), nRowsOf(other)) >= 2 * minSamplesLeaf) findSplits(place, other);
  }
}

@inline
function nRowsOf(place: i32): i32 {
  const node = nodeAt(load<i32>(openAt(place)));
  return load<i32>(node, NODE_END) - load<i32>(node, NODE_START);
}
