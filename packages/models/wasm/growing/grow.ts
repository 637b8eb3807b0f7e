// AssemblyScript. Grows trees level by level.

import { bestFeature, bestFirstRight, bestLastLeft, bestMissing } from './best-split';
import { childSeed, findSplit } from './find-split';
import {
  classBits,
  codes,
  END,
  FIRST_RIGHT,
  heldRows,
  heldWeights,
  keys,
  LAST_LEFT,
  leftWeights,
  minSamplesLeaf,
  minSamplesSplit,
  MISSING_BIN,
  MISSING_LEFT,
  nClasses,
  nRows,
  rightWeights,
  rows,
  rowWeights,
  SEED,
  START,
  WEIGHTS,
  weights,
} from './memory';
import { addNode, clearNodes, isPure, nNodes, nodeAt } from './nodes';

/** Grows a tree, and returns how many nodes it has. */
export function grow(seed: u32, maxDepth: i32): i32 {
  const nTaken = takeRows();
  clearNodes();
  weighRoot(nTaken);
  addNode(0, nTaken, seed, leftWeights);
  let node = 0;
  for (let depth = 0; depth < maxDepth && node < nNodes; depth++) {
    const levelEnd = nNodes;
    for (; node < levelEnd; node++) split(node);
  }
  return nNodes;
}

/** Gathers the rows that have a weight. */
function takeRows(): i32 {
  let nTaken = 0;
  for (let row = 0; row < nRows; row++) {
    const weight = load<f64>(rowWeights + ((<usize>row) << 3));
    if (weight == 0) continue;
    store<i32>(rows + ((<usize>nTaken) << 2), row);
    store<f64>(weights + ((<usize>nTaken) << 3), weight);
    nTaken++;
  }
  return nTaken;
}

function weighRoot(nTaken: i32): void {
  for (let k = 0; k < nClasses; k++) store<f64>(leftWeights + ((<usize>k) << 3), 0);
  for (let i = 0; i < nTaken; i++) {
    const row = load<i32>(rows + ((<usize>i) << 2));
    const at = leftWeights + ((<usize>load<u8>(codes + row)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(weights + ((<usize>i) << 3)));
  }
}

/** Splits a node, if that is allowed and possible. */
function split(node: i32): void {
  const at = nodeAt(node);
  const start = load<i32>(at + START);
  const end = load<i32>(at + END);
  const nHere = end - start;
  if (nHere < minSamplesSplit || nHere < 2 * minSamplesLeaf || isPure(at + WEIGHTS)) return;
  const seed = load<u32>(at + SEED);
  if (!findSplit(start, end, seed)) return;
  const middle = partition(start, end);
  store<i32>(at, bestFeature);
  store<u8>(at + LAST_LEFT, <u8>bestLastLeft);
  store<u8>(at + FIRST_RIGHT, <u8>bestFirstRight);
  // Where no value was missing, later ones go where most rows went.
  const missingLeft = bestMissing == 2 ? middle - start > end - middle : bestMissing == 0;
  store<u8>(at + MISSING_LEFT, <u8>missingLeft);
  addNode(start, middle, childSeed(seed, 0x9e3779b9), leftWeights);
  addNode(middle, end, childSeed(seed, 0x3c6ef372), rightWeights);
}

/** Moves the rows that go left before those that go right, each in their order, and returns where these begin. */
function partition(start: i32, end: i32): i32 {
  const featureKeys = keys + 2 * <usize>bestFeature * nRows;
  const firstOnRight = (bestLastLeft + 1) << classBits;
  const firstMissing = bestMissing == 0 ? MISSING_BIN << classBits : i32.MAX_VALUE;
  const rowAt = rows;
  const weightAt = weights;
  const heldRowAt = heldRows;
  const heldWeightAt = heldWeights;
  let nLeft = start;
  let nRight: i32 = 0;
  for (let i = start; i < end; i++) {
    const row = load<u32>(rowAt + ((<usize>i) << 2));
    const weight = load<f64>(weightAt + ((<usize>i) << 3));
    const key = <i32>load<u16>(featureKeys + ((<usize>row) << 1));
    const isLeft = i32(key < firstOnRight) | i32(key >= firstMissing);
    // Both are written, and one of the two places is written again: there is no branch to be foretold wrongly.
    store<u32>(rowAt + ((<usize>nLeft) << 2), row);
    store<f64>(weightAt + ((<usize>nLeft) << 3), weight);
    store<u32>(heldRowAt + ((<usize>nRight) << 2), row);
    store<f64>(heldWeightAt + ((<usize>nRight) << 3), weight);
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  memory.copy(rows + ((<usize>nLeft) << 2), heldRows, (<usize>nRight) << 2);
  memory.copy(weights + ((<usize>nLeft) << 3), heldWeights, (<usize>nRight) << 3);
  return nLeft;
}
