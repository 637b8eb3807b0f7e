// AssemblyScript, called by src/trees/row-set-scorer.ts; row-set-program.ts describes the steps. Scores a block of rows as sets with one
// bit per row: the rows that reach a node, and the rows whose bin sends them left, which all nodes with that column and bin share. Two
// operations on sets split a whole block, without a lookup or a branch per row until its leaf is known.

import { clear, take } from './arena';
import { fork, nextPiece, setUpThreads } from './threads';

export { mailbox, serve } from './threads';

/** The number of rows in a set. */
export const ROWS: i32 = 256;
/** The size of a set of rows in bytes. */
const SET: usize = 32;
/** The maximum number of blocks of rows. */
export const BLOCKS: i32 = 16;
const N_BINS: usize = 256;

// Parameters: the caller sets them before `setUp`.
export let nColumns: i32 = 0;
export let nTrees: i32 = 0;
export let nOutputs: i32 = 0;
export let nSums: i32 = 0;
/** The lengths of `binSets`, `values` and `steps`. */
export let binSetsLength: i32 = 0;
export let valuesLength: i32 = 0;
export let stepsLength: i32 = 0;
/** The number of sets of rows that go left. */
export let nLefts: i32 = 0;
/** The maximum number of nodes of a tree. */
export let maxNodes: i32 = 0;
/** The maximum number of threads. */
export let maxThreads: i32 = 1;

/** u8[BLOCKS][nColumns][ROWS]: the bin of each row. */
export let codes: usize = 0;
/** u8[nColumns][256]: 1 for each bin that a node compares with. */
export let isCompared: usize = 0;
/** For each column, the number of its sets of bins, and these, with a bit for each bin whose rows go right: i32, i32[][8]. */
export let binSets: usize = 0;
/** f64[][nOutputs]: the distinct values of leaves. */
export let values: usize = 0;
/** The instructions for each tree. */
export let steps: usize = 0;
/** f64[BLOCKS][nSums][ROWS]. */
export let sums: usize = 0;
/** The working memory of a thread, `lefts` to `valueOf`, and its size in bytes. */
let scratch: usize = 0;
let scratchSize: usize = 0;
/** The sets of rows that go left, by column and bin, with those for sets of bins last. */
let lefts: usize = 0;
/** The set of rows at each node of a tree. */
let reached: usize = 0;
/** The set of rows in each bin of a column. */
let inBin: usize = 0;
/** For each bit of the indices of a tree's values, the set of rows whose value has it. */
let bitSets: usize = 0;
/** u16[ROWS]: the index of each row's value. */
let valueOf: usize = 0;

export function setUp(): void {
  clear();
  setUpThreads();
  codes = take(BLOCKS * codesSize());
  isCompared = take(<usize>nColumns * N_BINS);
  binSets = take(4 * <usize>binSetsLength);
  values = take(8 * <usize>valuesLength);
  steps = take(4 * <usize>stepsLength);
  sums = take(BLOCKS * sumsSize());
  const setsSize = SET * (<usize>nLefts + 1 + maxNodes + N_BINS + 16);
  scratchSize = (setsSize + 2 * ROWS + 63) & ~63;
  scratch = take(scratchSize * maxThreads);
}

/** The size of a block's bins, and of its sums, in bytes. */
@inline
function codesSize(): usize {
  return <usize>nColumns * ROWS;
}

@inline
function sumsSize(): usize {
  return 8 * ROWS * <usize>nSums;
}

/** Adds up the values of the leaves that the rows of the first `nBlocks` blocks of `codes` fall into. */
export function score(nBlocks: i32): void {
  fork(scoreBlocks, nBlocks);
}

function scoreBlocks(nBlocks: i32, thread: i32, nThreads: i32): void {
  // More threads may have joined than were prepared for.
  if (thread >= maxThreads) return;
  lefts = scratch + scratchSize * thread;
  reached = lefts + SET * (<usize>nLefts + 1);
  inBin = reached + SET * <usize>maxNodes;
  bitSets = inBin + SET * N_BINS;
  valueOf = bitSets + 16 * SET;
  for (let block = nextPiece(); block < nBlocks; block = nextPiece()) {
    scoreBlock(codes + codesSize() * block, sums + sumsSize() * block);
  }
}

function scoreBlock(blockCodes: usize, blockSums: usize): void {
  memory.fill(blockSums, 0, sumsSize());
  findLefts(blockCodes);
  let at = steps;
  let output: usize = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    at = sendDown(at);
    const leafValues = values + load<u32>(at);
    at = findValues(at + 4);
    for (let k = 0; k < nOutputs; k++) {
      addValues(leafValues + ((<usize>k) << 3), blockSums + ((output + k) * 8 * ROWS));
    }
    if (nOutputs === 1 && ++output === nSums) output = 0;
  }
}

/** Finds, for each column, the rows that go left by each bin or set of bins that a node compares. */
function findLefts(blockCodes: usize): void {
  let left = lefts;
  let set = binSets;
  for (let column = 0; column < nColumns; column++) {
    memory.fill(inBin, 0, SET * N_BINS);
    const bins = blockCodes + <usize>column * ROWS;
    for (let row: usize = 0; row < <usize>ROWS; row++) {
      const at = inBin + SET * <usize>load<u8>(bins + row) + (row >>> 3);
      store<u8>(at, <u32>load<u8>(at) | (1 << <u32>(row & 7)));
    }
    let low = i64x2.splat(0);
    let high = i64x2.splat(0);
    const compared = isCompared + <usize>column * N_BINS;
    for (let bin: usize = 0; bin < N_BINS; bin++) {
      low = v128.or(low, v128.load(inBin + SET * bin));
      high = v128.or(high, v128.load(inBin + SET * bin, 16));
      // If no node compares with this bin, the next compared bin overwrites it.
      v128.store(left, low);
      v128.store(left, high, 16);
      left += SET * <usize>load<u8>(compared + bin);
    }
    const nSets = load<i32>(set);
    set += 4;
    for (let i = 0; i < nSets; i++) {
      let right = i64x2.splat(0);
      let alsoRight = i64x2.splat(0);
      for (let bin: usize = 0; bin < N_BINS; bin++) {
        if (((load<u8>(set + (bin >>> 3)) >>> <u8>(bin & 7)) & 1) === 0) continue;
        right = v128.or(right, v128.load(inBin + SET * bin));
        alsoRight = v128.or(alsoRight, v128.load(inBin + SET * bin, 16));
      }
      v128.store(left, v128.not(right));
      v128.store(left, v128.not(alsoRight), 16);
      left += SET;
      set += SET;
    }
  }
}

/** Splits the rows at each inner node of a tree; returns the address of the next steps. */
function sendDown(at: usize): usize {
  const sets = reached;
  const leftSets = lefts;
  const all = i32x4.splat(-1);
  v128.store(sets, all);
  v128.store(sets, all, 16);
  const end = at + 4 + ((<usize>load<u32>(at)) << 3);
  let children = sets + SET;
  for (let node = at + 4; node < end; node += 8, children += 2 * SET) {
    const left = leftSets + load<u32>(node);
    const here = sets + load<u32>(node, 4);
    const low = v128.load(here);
    const lowLeft = v128.load(left);
    v128.store(children, v128.and(low, lowLeft));
    v128.store(children, v128.andnot(low, lowLeft), 32);
    const high = v128.load(here, 16);
    const highLeft = v128.load(left, 16);
    v128.store(children, v128.and(high, highLeft), 16);
    v128.store(children, v128.andnot(high, highLeft), 48);
  }
  return end;
}

/** Finds the value of each row from the sets for the bits of its index; returns the address of the next steps. */
function findValues(at: usize): usize {
  const sets = reached;
  const nBits = load<u32>(at);
  at += 4;
  for (let to = bitSets, endOfBits = to + SET * nBits; to < endOfBits; to += SET) {
    const end = at + 4 + ((<usize>load<u32>(at)) << 2);
    let low = i64x2.splat(0);
    let high = i64x2.splat(0);
    for (at += 4; at < end; at += 4) {
      const leaf = sets + load<u32>(at);
      low = v128.or(low, v128.load(leaf));
      high = v128.or(high, v128.load(leaf, 16));
    }
    v128.store(to, low);
    v128.store(to, high, 16);
  }
  const middle = bitSets + SET * min(nBits, 8);
  const last = bitSets + SET * nBits;
  let to = valueOf;
  for (let byte: usize = 0; byte < SET; byte += 2, to += 32) {
    const low = numbersOf(bitSets + byte, middle + byte);
    const high = numbersOf(middle + byte, last + byte);
    v128.store(to, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(to, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  }
  return at;
}

/** The indices of sixteen rows, from consecutive sets with one bit each. */
@inline
function numbersOf(from: usize, to: usize): v128 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  let weight = i8x16.splat(1);
  let numbers = i64x2.splat(0);
  for (let at = from; at < to; at += SET) {
    const rows = v128.load16_splat(at);
    const eight = i8x16.shuffle(rows, rows, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    numbers = v128.or(numbers, v128.and(i8x16.eq(v128.and(eight, bits), bits), weight));
    weight = i8x16.add(weight, weight);
  }
  return numbers;
}

function addValues(ofTree: usize, to: usize): void {
  const width = (<usize>nOutputs) << 3;
  const end = valueOf + 2 * <usize>ROWS;
  for (let at = valueOf; at < end; at += 8, to += 32) {
    addValue(ofTree + <usize>load<u16>(at) * width, to);
    addValue(ofTree + <usize>load<u16>(at, 2) * width, to + 8);
    addValue(ofTree + <usize>load<u16>(at, 4) * width, to + 16);
    addValue(ofTree + <usize>load<u16>(at, 6) * width, to + 24);
  }
}

@inline
function addValue(from: usize, to: usize): void {
  store<f64>(to, load<f64>(to) + load<f64>(from));
}
