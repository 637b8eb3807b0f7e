// AssemblyScript. Rows descend all trees.

import { fork, nextPiece } from '../threads';
import { findLeaves } from './descend';
import { blockRows, call, leafValues, leaves, nOutputs, nSums, nTrees, sums } from './memory';
import { scoreRow } from './one-row';

/** Up to this many rows are scored one by one. */
const FEW: i32 = 4;
/** The number of trees after which further threads can join. */
const TREES: i32 = 8;
/** The indices of a call's arguments: the number of rows, and of rows per piece of work. */
const N_ROWS: usize = 0;
const PIECE_ROWS: usize = 4;

/**
 * Adds up the values of the leaves that each of up to `blockRows` rows falls into. If leaves have a single value, tree t adds to sum t %
 * nSums.
 *
 * @param pieceRows the number of rows that a thread takes at a time.
 */
export function score(nRows: i32, pieceRows: i32): void {
  for (let k = 0; k < nSums; k++) memory.fill(sumsOf(k), 0, 8 * <usize>nRows);
  if (nRows < FEW) {
    for (let row = 0; row < nRows; row++) scoreRow(row);
    return;
  }
  store<i32>(call, nRows, N_ROWS);
  store<i32>(call, pieceRows, PIECE_ROWS);
  for (let tree = 0; tree < nTrees; tree += TREES) fork(scorePieces, tree);
}

/** Scores pieces of the rows by `TREES` trees starting with `firstTree`. */
function scorePieces(firstTree: i32, thread: i32, nThreads: i32): void {
  const nRows = load<i32>(call, N_ROWS);
  const pieceRows = load<i32>(call, PIECE_ROWS);
  const lastTree = min(firstTree + TREES, nTrees);
  for (let first = pieceRows * nextPiece(); first < nRows; first = pieceRows * nextPiece()) {
    const last = min(first + pieceRows, nRows);
    for (let tree = firstTree; tree < lastTree; tree++) scoreTree(tree, first, last);
  }
}

function scoreTree(tree: i32, first: i32, last: i32): void {
  findLeaves(tree, first, last);
  if (nOutputs === 1) {
    addValues(sumsOf(tree % nSums), leafValues, first, last);
    return;
  }
  for (let k = 0; k < nOutputs; k++) addValues(sumsOf(k), leafValues + ((<usize>k) << 3), first, last);
}

@inline
function sumsOf(output: i32): usize {
  return sums + ((<usize>output * blockRows) << 3);
}

function addValues(sum: usize, values: usize, first: i32, last: i32): void {
  const width = (<usize>nOutputs) << 3;
  const leafOf = leaves;
  for (let row = <usize>first; row < <usize>last; row++) {
    const at = sum + (row << 3);
    store<f64>(at, load<f64>(at) + load<f64>(values + <usize>load<u32>(leafOf + (row << 2)) * width));
  }
}
