// AssemblyScript. Grows trees depth-first, so that the rows of descendants are in the cache.

import { bestFeature, bestFirstRight, bestLastLeft, bestMissing } from './best-split';
import { fork, nextPiece } from '../threads';
import { areDrawn, drawRows } from './draw-rows';
import { childSeed, findSplit } from './find-split';
import {
  codes,
  DEPTH,
  depths,
  END,
  FIRST_RIGHT,
  heldRows,
  LAST_LEFT,
  LEFT,
  leftWeights,
  LINK,
  minSamplesLeaf,
  minSamplesSplit,
  MISSING_BIN,
  MISSING_LEFT,
  maxNear,
  nearCodes,
  nFeatures,
  nRows,
  rightWeights,
  ROW_BITS,
  rows,
  rowWeights,
  SEED,
  seeds,
  sizes,
  START,
  useScratch,
  useWeights,
  useSlot,
  SUMS,
} from './memory';
import { addNode, clearNodes, isPure, nNodes, nodeAt, orderByLevel, readCells } from './nodes';
import { takeRows } from './take-rows';

const NONE: i32 = -1;

/** The address of the bins of the current node's rows, and the number of bytes per feature. */
let columns: usize = 0;
let columnSize: usize = 0;
/** Rows before this one are gathered or belong to leaves. */
let gatheredEnd: i32 = 0;

/** Grows the trees of the first `nTrees` slots, on all threads. */
export function grow(nTrees: i32): void {
  fork(growSome, nTrees);
}

function growSome(nTrees: i32, thread: i32, nThreads: i32): void {
  useScratch(thread);
  for (let slot = nextPiece(); slot < nTrees; slot = nextPiece()) {
    useSlot(slot);
    if (areDrawn(slot)) {
      // No rows are loaded yet.
      drawRows(rowWeights, heldRows);
      useWeights(heldRows);
    }
    const at = (<usize>slot) << 2;
    store<i32>(sizes + at, growTree(load<u32>(seeds + at), load<i32>(depths + at)));
  }
}

/** Grows the current tree, and returns its number of nodes. */
function growTree(seed: u32, maxDepth: i32): i32 {
  const nTaken = takeRows();
  clearNodes();
  addNode(0, nTaken, seed, 0, leftWeights);
  columns = codes;
  columnSize = nRows;
  gatheredEnd = 0;
  let node = 0;
  let waiting = NONE;
  while (node != NONE) {
    if (load<i32>(nodeAt(node) + DEPTH) < maxDepth && split(node)) {
      const left = nNodes - 2;
      store<i32>(nodeAt(node) + LEFT, left);
      store<i32>(nodeAt(left + 1) + LINK, waiting);
      waiting = left + 1;
      node = left;
    } else {
      node = waiting;
      if (node != NONE) waiting = load<i32>(nodeAt(node) + LINK);
    }
  }
  readCells();
  orderByLevel();
  return nNodes;
}

/** Splits a node if that is allowed and possible; returns whether it has children. */
function split(node: i32): bool {
  const at = nodeAt(node);
  const start = load<i32>(at + START);
  const end = load<i32>(at + END);
  const nHere = end - start;
  if (nHere < minSamplesSplit || nHere < 2 * minSamplesLeaf || isPure(at)) return false;
  if (start >= gatheredEnd) {
    if (nHere <= maxNear) gather(start, end);
    else {
      columns = codes;
      columnSize = nRows;
    }
  }
  const seed = load<u32>(at + SEED);
  if (!findSplit(columns, columnSize, start, end, seed, at + SUMS)) return false;
  const middle = partition(start, end);
  store<i32>(at, bestFeature);
  store<u8>(at + LAST_LEFT, <u8>bestLastLeft);
  store<u8>(at + FIRST_RIGHT, <u8>bestFirstRight);
  // If no values were missing, later missing values go where most rows went.
  const missingLeft = bestMissing == 2 ? middle - start > end - middle : bestMissing == 0;
  store<u8>(at + MISSING_LEFT, <u8>missingLeft);
  const depth = load<i32>(at + DEPTH) + 1;
  addNode(start, middle, childSeed(seed, 0x9e3779b9), depth, leftWeights);
  addNode(middle, end, childSeed(seed, 0x3c6ef372), depth, rightWeights);
  return true;
}

/** Copies the bins of a node's rows into contiguous memory for its descendants, and renumbers the rows from 0. */
function gather(start: i32, end: i32): void {
  const first = rows + (<usize>start << ROW_BITS);
  const last = rows + (<usize>end << ROW_BITS);
  const size = <usize>maxNear;
  for (let feature: usize = 0; feature < <usize>nFeatures; feature++) {
    const from = codes + feature * nRows;
    let to = nearCodes + feature * size;
    for (let row = first; row < last; row += 1 << ROW_BITS, to++) store<u8>(to, load<u8>(from + load<u32>(row)));
  }
  for (let row = first, number: u32 = 0; row < last; row += 1 << ROW_BITS, number++) store<u32>(row, number);
  columns = nearCodes;
  columnSize = size;
  gatheredEnd = end;
}

/** Moves the rows that go left before those that go right, keeping their order, and returns where the latter start. */
function partition(start: i32, end: i32): i32 {
  const column = columns + <usize>bestFeature * columnSize;
  const firstOnRight = bestLastLeft + 1;
  const firstMissing = bestMissing == 0 ? MISSING_BIN : i32.MAX_VALUE;
  const last = rows + (<usize>end << ROW_BITS);
  let left = rows + (<usize>start << ROW_BITS);
  let right = heldRows;
  for (let at = left; at < last; at += 1 << ROW_BITS) {
    const row = v128.load(at);
    const bin = <i32>load<u8>(column + <usize>i32x4.extract_lane(row, 0));
    const isLeft = <usize>(i32(bin < firstOnRight) | i32(bin >= firstMissing));
    // Writes to both and advances one: no branch to mispredict.
    v128.store(left, row);
    v128.store(right, row);
    left += isLeft << ROW_BITS;
    right += (1 - isLeft) << ROW_BITS;
  }
  memory.copy(left, heldRows, right - heldRows);
  return <i32>((left - rows) >> ROW_BITS);
}
