// AssemblyScript. Splits open leaves.

import { buildHistogram } from './histograms';
import {
  groups,
  isMonotone,
  isSymmetric,
  largestStep,
  minSamplesLeaf,
  monotone,
  open,
  sets,
} from './memory';
import {
  addNode,
  NODE_BIN,
  NODE_DEPTH,
  NODE_END,
  NODE_GROUPS,
  NODE_LEFT,
  NODE_LOWER,
  NODE_MISSING_LEFT,
  NODE_RIGHT,
  NODE_START,
  NODE_UPPER,
  nodeAt,
  setValue,
  valueOf,
} from './nodes';
import {
  addOpen,
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
  setOf,
} from './open-leaves';
import { partition } from './partition';
import { sumOf } from './quantise';

/** Makes the leaf of all drawn rows, with the given sum, the only open one. */
export function openRoot(nDrawn: i32, sum: v128): void {
  addNode(0, nDrawn, 0, -largestStep, largestStep, ~0);
  clearOpen();
  addOpen();
  store<i32>(open, 0);
  store<i32>(open, 0, OPEN_SLOT);
  v128.store(open, sum, OPEN_SUM);
  setValue(0, sumOf(sum));
  buildHistogram(0, 0, nDrawn, -1);
}

/**
 * Splits an open leaf. Its left child takes its index among the open leaves; the right one is appended. If a side would have too few rows,
 * the leaf stays as it is.
 *
 * @returns whether a histogram was built that is yet to be finished.
 */
export function splitLeaf(place: i32, needsHistograms: bool): bool {
  const at = openAt(place);
  const node = load<i32>(at);
  const nodeBytes = nodeAt(node);
  const feature = load<i32>(at, OPEN_FEATURE);
  const start = load<i32>(nodeBytes, NODE_START);
  const end = load<i32>(nodeBytes, NODE_END);
  const depth = load<i32>(nodeBytes, NODE_DEPTH);
  store<i32>(nodeBytes, load<i32>(at, OPEN_BIN), NODE_BIN);
  store<u8>(nodeBytes, <u8>load<i32>(at, OPEN_MISSING_LEFT), NODE_MISSING_LEFT);
  memory.copy(sets + 32 * <usize>node, setOf(place), 32);
  const middle = partition(node, feature, start, end);
  const fewest = max(1, minSamplesLeaf);
  if (middle - start < fewest || end - middle < fewest) return false;
  store<i32>(nodeBytes, feature);

  const wholeLeft = v128.load(at, OPEN_LEFT);
  const wholeRight = i32x4.sub(v128.load(at, OPEN_SUM), wholeLeft);
  const leftSum = sumOf(wholeLeft);
  const rightSum = sumOf(wholeRight);
  let lower = load<f64>(nodeBytes, NODE_LOWER);
  let upper = load<f64>(nodeBytes, NODE_UPPER);
  let lowerRight = lower;
  let upperRight = upper;
  const direction = isMonotone ? <i32>load<i8>(monotone + feature) : 0;
  if (direction != 0) {
    // Monotonic: values on the left stay on one side of the middle, those on the right on the other.
    const between = (valueOf(leftSum, lower, upper) + valueOf(rightSum, lower, upper)) / 2;
    if (direction > 0) {
      upper = between;
      lowerRight = between;
    } else {
      lower = between;
      upperRight = between;
    }
  }
  const allowed = load<u64>(nodeBytes, NODE_GROUPS) & load<u64>(groups + ((<usize>feature) << 3));
  const left = addNode(start, middle, depth + 1, lower, upper, allowed);
  const right = addNode(middle, end, depth + 1, lowerRight, upperRight, allowed);
  store<i32>(nodeBytes, left, NODE_LEFT);
  store<i32>(nodeBytes, right, NODE_RIGHT);
  setValue(left, leftSum);
  setValue(right, rightSum);

  // A new leaf uses the slot of its own index.
  const newSlot = nOpen;
  const other = addOpen();
  const slot = load<i32>(at, OPEN_SLOT);
  const isLeftSmaller = middle - start < end - middle;
  store<i32>(at, left);
  store<i32>(other, right);
  v128.store(at, wholeLeft, OPEN_SUM);
  v128.store(other, wholeRight, OPEN_SUM);
  // The larger child takes over the histogram of its parent, minus that of the smaller child.
  store<i32>(at, isLeftSmaller ? newSlot : slot, OPEN_SLOT);
  store<i32>(other, isLeftSmaller ? slot : newSlot, OPEN_SLOT);
  store<f64>(at, 0, OPEN_GAIN);
  store<f64>(other, 0, OPEN_GAIN);
  if (!needsHistograms || (!isSymmetric && max(middle - start, end - middle) < 2 * minSamplesLeaf)) return false;
  if (isLeftSmaller) buildHistogram(newSlot, start, middle, slot);
  else buildHistogram(newSlot, middle, end, slot);
  return true;
}
