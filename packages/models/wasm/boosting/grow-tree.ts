// AssemblyScript. Grows trees.

import { findSplit } from './find-split';
import { buildHistogram, subtractHistogram } from './histograms';
import {
  codes,
  gradients,
  heldRows,
  isMonotone,
  learningRate,
  maxDepth,
  maxLeaves,
  minSamplesLeaf,
  monotone,
  nHeldOut,
  nRows,
  open,
  openSets,
  rows,
  rowWeights,
  scores,
  sets,
} from './memory';
import {
  addNode,
  clearNodes,
  goesLeft,
  LEAF,
  nNodes,
  NODE_BIN,
  NODE_DEPTH,
  NODE_END,
  NODE_LEFT,
  NODE_LOWER,
  NODE_MISSING_LEFT,
  NODE_RIGHT,
  NODE_START,
  NODE_UPPER,
  NODE_VALUE,
  NODE_WEIGHT,
  nodeAt,
  setValue,
  valueOf,
} from './nodes';
import {
  addOpen,
  bestOpen,
  clearOpen,
  nOpen,
  OPEN_BIN,
  OPEN_FEATURE,
  OPEN_GAIN,
  OPEN_LEFT,
  OPEN_MISSING_LEFT,
  OPEN_SLOT,
  OPEN_SUM,
  openAt,
} from './open-leaves';

/** Grows a tree on the gradients of one output, adds its values to the scores of all rows, and returns how many nodes it has. */
export function growTree(output: i32): i32 {
  const gradient = gradients + 16 * <usize>output * nRows;
  let nTaken = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<f64>(rowWeights + ((<usize>row) << 3)) == 0) continue;
    store<i32>(rows + ((<usize>nTaken) << 2), row);
    nTaken++;
  }
  clearNodes();
  addNode(0, nTaken, 0, -Infinity, Infinity);
  openRoot(gradient, nTaken);
  let nLeaves = 1;
  while (nLeaves < maxLeaves) {
    const place = bestOpen();
    if (place < 0) break;
    nLeaves++;
    splitLeaf(place, gradient, nLeaves == maxLeaves);
  }
  addValues(output);
  return nNodes;
}

function openRoot(gradient: usize, nTaken: i32): void {
  let sum = f64x2(0, 0);
  for (let i = 0; i < nTaken; i++) {
    sum = f64x2.add(sum, v128.load(gradient + ((<usize>load<i32>(rows + ((<usize>i) << 2))) << 4)));
  }
  clearOpen();
  addOpen();
  store<i32>(open, 0);
  store<i32>(open, 0, OPEN_SLOT);
  v128.store(open, sum, OPEN_SUM);
  setValue(0, sum);
  buildHistogram(0, gradient, 0, nTaken);
  findSplit(0);
}

/** Splits an open leaf. Its left child takes its place among the open ones; the right one comes last. */
function splitLeaf(place: i32, gradient: usize, isLast: bool): void {
  const at = openAt(place);
  const node = load<i32>(at);
  const nodeBytes = nodeAt(node);
  const feature = load<i32>(at, OPEN_FEATURE);
  const start = load<i32>(nodeBytes, NODE_START);
  const end = load<i32>(nodeBytes, NODE_END);
  const depth = load<i32>(nodeBytes, NODE_DEPTH);
  store<i32>(nodeBytes, feature);
  store<i32>(nodeBytes, load<i32>(at, OPEN_BIN), NODE_BIN);
  store<u8>(nodeBytes, <u8>load<i32>(at, OPEN_MISSING_LEFT), NODE_MISSING_LEFT);
  memory.copy(sets + 32 * <usize>node, openSets + 32 * <usize>place, 32);
  const middle = partition(node, feature, start, end);

  const leftSum = v128.load(at, OPEN_LEFT);
  const rightSum = f64x2.sub(v128.load(at, OPEN_SUM), leftSum);
  let lower = load<f64>(nodeBytes, NODE_LOWER);
  let upper = load<f64>(nodeBytes, NODE_UPPER);
  let lowerRight = lower;
  let upperRight = upper;
  const direction = isMonotone ? <i32>load<i8>(monotone + feature) : 0;
  if (direction != 0) {
    // All values on the left stay on one side of the middle, and those on the right on the other.
    const between = (valueOf(leftSum, lower, upper) + valueOf(rightSum, lower, upper)) / 2;
    if (direction > 0) {
      upper = between;
      lowerRight = between;
    } else {
      lower = between;
      upperRight = between;
    }
  }
  const left = addNode(start, middle, depth + 1, lower, upper);
  const right = addNode(middle, end, depth + 1, lowerRight, upperRight);
  store<i32>(nodeBytes, left, NODE_LEFT);
  store<i32>(nodeBytes, right, NODE_RIGHT);
  setValue(left, leftSum);
  setValue(right, rightSum);

  // A new leaf has the slot of its own place.
  const newSlot = nOpen;
  const other = addOpen();
  const slot = load<i32>(at, OPEN_SLOT);
  const isLeftSmaller = middle - start < end - middle;
  store<i32>(at, left);
  store<i32>(other, right);
  v128.store(at, leftSum, OPEN_SUM);
  v128.store(other, rightSum, OPEN_SUM);
  // The larger child takes over the histogram of its parent, less that of the smaller one.
  store<i32>(at, isLeftSmaller ? newSlot : slot, OPEN_SLOT);
  store<i32>(other, isLeftSmaller ? slot : newSlot, OPEN_SLOT);
  store<f64>(at, 0, OPEN_GAIN);
  store<f64>(other, 0, OPEN_GAIN);
  if (isLast || depth + 1 >= maxDepth) return;
  const largest = max(middle - start, end - middle);
  if (largest < 2 * minSamplesLeaf) return;
  if (isLeftSmaller) buildHistogram(newSlot, gradient, start, middle);
  else buildHistogram(newSlot, gradient, middle, end);
  subtractHistogram(slot, newSlot);
  findSplit(place);
  findSplit(newSlot);
}

/** Moves the rows that go left before those that go right, each in their order, and returns where these begin. */
function partition(node: i32, feature: i32, start: i32, end: i32): i32 {
  const column = codes + <usize>feature * (<usize>nRows + nHeldOut);
  let nLeft = start;
  let nRight: i32 = 0;
  for (let i = start; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const isLeft = i32(goesLeft(node, feature, <i32>load<u8>(column + row)));
    // Both are written, and one of the two places is written again: there is no branch to be foretold wrongly.
    store<u32>(rows + ((<usize>nLeft) << 2), row);
    store<u32>(heldRows + ((<usize>nRight) << 2), row);
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  memory.copy(rows + ((<usize>nLeft) << 2), heldRows, (<usize>nRight) << 2);
  return nLeft;
}

/** Adds the values of the leaves, times the learning rate, to the scores of an output. */
function addValues(output: i32): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  const score = scores + 8 * <usize>output * nAll;
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    const value = learningRate * load<f64>(at, NODE_VALUE);
    store<f64>(at, value, NODE_VALUE);
    const end = load<i32>(at, NODE_END);
    let weight: f64 = 0;
    for (let i = load<i32>(at, NODE_START); i < end; i++) {
      const row = <usize>load<i32>(rows + ((<usize>i) << 2));
      weight += load<f64>(rowWeights + (row << 3));
      const place = score + (row << 3);
      store<f64>(place, load<f64>(place) + value);
    }
    store<f64>(at, weight, NODE_WEIGHT);
  }
  for (let row: usize = nRows; row < nAll; row++) {
    let node = 0;
    for (;;) {
      const feature = load<i32>(nodeAt(node));
      if (feature == LEAF) break;
      const bin = <i32>load<u8>(codes + <usize>feature * nAll + row);
      node = load<i32>(nodeAt(node) + (goesLeft(node, feature, bin) ? NODE_LEFT : NODE_RIGHT));
    }
    const place = score + (row << 3);
    store<f64>(place, load<f64>(place) + load<f64>(nodeAt(node), NODE_VALUE));
  }
}
