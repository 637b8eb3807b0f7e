// AssemblyScript. Partitions the rows of a node.

import { fork, nextPiece } from '../threads';
import { columnOf, offsetOf } from './histograms';
import { BLOCK, heldRight, heldRows, isCategory, leftCounts, rows, sets } from './memory';
import { NODE_BIN, NODE_END, NODE_LEFT, NODE_MISSING_LEFT, NODE_START, nodeAt } from './nodes';

/** Moves the rows that go left before those that go right, keeping their order, and returns where the latter start. */
export function partition(node: i32, feature: i32, start: i32, end: i32): i32 {
  const nBlocks = (end - start + BLOCK - 1) / BLOCK;
  if (nBlocks <= 1) {
    const nLeft = part(node, feature, start, end, rows);
    memory.copy(rows + ((<usize>(start + nLeft)) << 2), heldRight + ((<usize>start) << 2), (<usize>(end - start - nLeft)) << 2);
    return start + nLeft;
  }
  // The forked function reads the feature from the field of the left child, which is not set yet.
  store<i32>(nodeAt(node), feature, NODE_LEFT);
  fork(partBlocks, node);
  let nLeft = 0;
  for (let block = 0; block < nBlocks; block++) {
    const count = leftCounts + ((<usize>block) << 2);
    const nHere = load<i32>(count);
    store<i32>(count, nLeft);
    nLeft += nHere;
  }
  store<i32>(leftCounts + ((<usize>nBlocks) << 2), nLeft);
  fork(joinBlocks, node);
  return start + nLeft;
}

function partBlocks(node: i32, thread: i32, nThreads: i32): void {
  const at = nodeAt(node);
  const start = load<i32>(at, NODE_START);
  const end = load<i32>(at, NODE_END);
  const feature = load<i32>(at, NODE_LEFT);
  for (let block = nextPiece(); ; block = nextPiece()) {
    const from = start + block * BLOCK;
    if (from >= end) return;
    store<i32>(leftCounts + ((<usize>block) << 2), part(node, feature, from, min(from + BLOCK, end), heldRows));
  }
}

function joinBlocks(node: i32, thread: i32, nThreads: i32): void {
  const start = load<i32>(nodeAt(node), NODE_START);
  const end = load<i32>(nodeAt(node), NODE_END);
  const nBlocks = (end - start + BLOCK - 1) / BLOCK;
  const nLeft = load<i32>(leftCounts + ((<usize>nBlocks) << 2));
  for (let block = nextPiece(); block < nBlocks; block = nextPiece()) {
    const from = start + block * BLOCK;
    const nBefore = load<i32>(leftCounts + ((<usize>block) << 2));
    const here = load<i32>(leftCounts + ((<usize>block) << 2), 4) - nBefore;
    const left = <usize>(start + nBefore);
    const right = <usize>(start + nLeft + block * BLOCK - nBefore);
    memory.copy(rows + (left << 2), heldRows + ((<usize>from) << 2), (<usize>here) << 2);
    const nRight = <usize>(min(BLOCK, end - from) - here);
    memory.copy(rows + (right << 2), heldRight + ((<usize>from) << 2), nRight << 2);
  }
}

/** Writes the rows that go left to `lefts`, and the others to `heldRight`, at `start`; returns the number that go left. */
function part(node: i32, feature: i32, start: i32, end: i32, lefts: usize): i32 {
  const column = columnOf(feature);
  const set = sets + 32 * <usize>node;
  const isSet = load<u8>(isCategory + feature) == 1;
  const missing = <u32>(offsetOf(feature + 1) - offsetOf(feature)) - 1;
  const isMissingLeft = u32(load<u8>(nodeAt(node), NODE_MISSING_LEFT));
  const last = load<u32>(nodeAt(node), NODE_BIN);
  let left = lefts + ((<usize>start) << 2);
  let right = heldRight + ((<usize>start) << 2);
  const begin = left;
  const stop = rows + ((<usize>end) << 2);
  for (let at = rows + ((<usize>start) << 2); at < stop; at += 4) {
    const row = load<u32>(at);
    const bin = <u32>load<u8>(column + ((<usize>row) << 3));
    const isLeft: u32 = isSet
      ? (load<u32>(set + ((<usize>bin >>> 5) << 2)) >>> (bin & 31)) & 1
      : select(isMissingLeft, u32(bin <= last), bin == missing);
    // Writes to both and advances one: no branch to mispredict.
    store<u32>(left, row);
    store<u32>(right, row);
    left += <usize>isLeft << 2;
    right += <usize>(1 - isLeft) << 2;
  }
  return <i32>((left - begin) >>> 2);
}
