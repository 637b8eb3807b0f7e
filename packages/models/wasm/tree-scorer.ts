// AssemblyScript, compiled to WebAssembly by `pnpm build:wasm`; src/trees/tree-list.ts is the side that calls it.
//
// Takes rows down fitted trees. All arrays lie in the linear memory one after another: `setUp` gives each its place, and the caller
// fills the trees once, and `rowCodes` before each block of rows.

import { clear, take } from './arena';

// Many rows go down a tree together: a node parts those that came to it. A few would leave most nodes with one row or none, so each
// of them goes down by itself.

/** How many rows go down one by one at a time: few enough to stay in the cache while all trees go over them, and enough for each tree to do so, too. */
export const BLOCK: i32 = 1024;
/** The most rows that go down together. Their places among one another take 16 bits. */
const MOST: i32 = 8192;
/** How many bytes the bins of a block may take, where that is more than one of `BLOCK` rows. */
const MOST_BYTES: i32 = 1 << 24;
const SET_BYTES: usize = 32;

let nTrees: i32 = 0;
let nOutputs: i32 = 0;
let nSets: i32 = 0;
let stride: usize = 0;

/**
 * i32[nNodes][2]. For a node that compares a bin, `column << 8 | bin` and the offset of its left child in bytes, next to which is the
 * right one. For a node of a category, -1 - the number of its set, and its left child. A leaf compares so that every row goes to
 * the left, to the leaf itself.
 */
export let nodes: usize = 0;
/** i32[nNodes]: the number of each leaf among the leaves; for a node of a category its feature. */
export let leafOfNode: usize = 0;
/** i32[nTrees]: the offset of each root in bytes. */
export let roots: usize = 0;
/** i32[nSets][8]: a bit for each bin whose rows go right. */
export let sets: usize = 0;
/** f64[nLeaves][nOutputs]. */
export let leafValues: usize = 0;
/** How many rows go down together at a time. */
export let manyRows: i32 = 0;
/** u8[BLOCK][2 * nFeatures]: the bins of each row, in each column; u8[2 * nFeatures][manyRows] of many rows. */
export let rowCodes: usize = 0;
/** i32[BLOCK]: the leaf that each row falls into. */
export let leaves: usize = 0;
/** f64[nSums][manyRows]. */
export let sums: usize = 0;
/** u16[manyRows]: the rows of a block, those of a node side by side; of nodes of even depth, and of odd. */
let evenRows: usize = 0;
let oddRows: usize = 0;
/** u16[manyRows]: the rows of a node that go right, until it is known where they begin. */
let rightRows: usize = 0;
/** u8[256][16]: for each eight bits, how the places of those that are 0 move to the front, two bytes a place. */
let fronts: usize = 0;
/** The nodes put aside while rows go down beside them: u32 node, with 1 added where its depth is odd, and u16 start and end of its rows. */
let aside: usize = 0;

export function setUp(
  nodeCount: i32,
  treeCount: i32,
  setCount: i32,
  leafCount: i32,
  outputCount: i32,
  featureCount: i32,
  sumCount: i32,
): void {
  nTrees = treeCount;
  nOutputs = outputCount;
  nSets = setCount;
  stride = 2 * <usize>featureCount;
  clear();
  nodes = take(8 * <usize>nodeCount);
  leafOfNode = take(4 * <usize>nodeCount);
  roots = take(4 * <usize>treeCount);
  sets = take(SET_BYTES * setCount);
  leafValues = take(8 * <usize>leafCount * outputCount);
  manyRows = max(BLOCK, min(MOST, MOST_BYTES / <i32>stride));
  rowCodes = take(<usize>manyRows * stride);
  leaves = take(4 * BLOCK);
  sums = take(8 * <usize>manyRows * sumCount);
  evenRows = take(2 * <usize>manyRows + 16);
  // Set off against the others: reads and writes at the same place of two pages wait for each other.
  oddRows = take(2 * <usize>manyRows + 2112 + 16) + 2112;
  aside = take(8 * <usize>manyRows);
  rightRows = take(2 * <usize>manyRows + 16);
  fronts = take(256 * 16);
  for (let bits: u32 = 0; bits < 256; bits++) {
    let to = fronts + (bits << 4);
    for (let place: u32 = 0; place < 8; place++) {
      if ((bits >>> place) & 1) continue;
      store<u8>(to, <u8>(2 * place));
      store<u8>(to, <u8>(2 * place + 1), 1);
      to += 2;
    }
  }
}

/**
 * Adds up the values of the leaves that each of up to `BLOCK` rows falls into. Of trees with one value a leaf, tree t counts for sum
 * t % nSums.
 */
export function score(nRows: i32, nSums: i32): void {
  for (let k = 0; k < nSums; k++) memory.fill(sums + ((<usize>k * manyRows) << 3), 0, 8 * <usize>nRows);
  if (nRows < 4) {
    for (let row = 0; row < nRows; row++) {
      if (nSets === 0) scoreRow(row, nSums, false);
      else scoreRow(row, nSums, true);
    }
    return;
  }
  let output = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    findLeaves(tree, nRows);
    if (nOutputs === 1) {
      addValues(sums + ((<usize>output * manyRows) << 3), leafValues, nRows);
      if (++output === nSums) output = 0;
    } else {
      for (let k = 0; k < nOutputs; k++) {
        addValues(sums + ((<usize>k * manyRows) << 3), leafValues + ((<usize>k) << 3), nRows);
      }
    }
  }
}

/** Adds up the values of the leaves that one row falls into: four trees are gone down side by side. */
@inline
function scoreRow(row: i32, nSums: i32, hasSets: bool): void {
  const nodesAt = nodes;
  const codes = rowCodes + <usize>row * stride;
  const at = sums + ((<usize>row) << 3);
  let output = 0;
  let tree = 0;
  for (; tree + 4 <= nTrees; tree += 4) {
    const root = roots + ((<usize>tree) << 2);
    let a = load<u32>(root);
    let b = load<u32>(root, 4);
    let c = load<u32>(root, 8);
    let d = load<u32>(root, 12);
    for (;;) {
      const nextA = childOf(nodesAt, a, codes, hasSets);
      const nextB = childOf(nodesAt, b, codes, hasSets);
      const nextC = childOf(nodesAt, c, codes, hasSets);
      const nextD = childOf(nodesAt, d, codes, hasSets);
      if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    output = addOne(at, a, output, nSums);
    output = addOne(at, b, output, nSums);
    output = addOne(at, c, output, nSums);
    output = addOne(at, d, output, nSums);
  }
  for (; tree < nTrees; tree++) {
    let node = load<u32>(roots + ((<usize>tree) << 2));
    for (;;) {
      const next = childOf(nodesAt, node, codes, hasSets);
      if (next === node) break;
      node = next;
    }
    output = addOne(at, node, output, nSums);
  }
}

/** Adds the values of a leaf to a row's sums; returns which sum the next tree counts for. */
@inline
function addOne(at: usize, node: u32, output: i32, nSums: i32): i32 {
  const values = leafValues + ((<usize>leafAt(leafOfNode, node) * nOutputs) << 3);
  if (nOutputs === 1) {
    const place = at + ((<usize>output * manyRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values));
    return output + 1 === nSums ? 0 : output + 1;
  }
  for (let k = 0; k < nOutputs; k++) {
    const place = at + ((<usize>k * manyRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values + ((<usize>k) << 3)));
  }
  return 0;
}

/** Does what `score` does for up to `manyRows` rows, with their bins a column after the other. */
export function scoreMany(nRows: i32, nSums: i32): void {
  memory.fill(sums, 0, 8 * <usize>manyRows * nSums);
  let output = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    sendDown(load<u32>(roots + ((<usize>tree) << 2)), nRows, sums + ((<usize>output * manyRows) << 3));
    if (nOutputs === 1 && ++output === nSums) output = 0;
  }
}

/** Takes all rows down one tree, and adds the values of its leaves to `sum`. */
function sendDown(root: u32, nRows: i32, sum: usize): void {
  const tree = nodes;
  const width = <usize>manyRows;
  let top = aside;
  let node = root;
  let start: u32 = 0;
  let end = <u32>nRows;
  let odd: u32 = 0;
  for (let row: u32 = 0; row < end; row++) store<u16>(evenRows + (row << 1), <u16>row);
  for (;;) {
    const split = load<i32>(tree + node);
    const left = load<u32>(tree + node, 4);
    const from = odd ? oddRows : evenRows;
    if (left !== node) {
      const to = odd ? evenRows : oddRows;
      const middle =
        split < 0
          ? partBySet(from, to, start, end, rowCodes + <usize>leafAt(leafOfNode, node) * width, -1 - split)
          : part(from, to, start, end, rowCodes + <usize>(split >>> 8) * width, split & 255);
      odd ^= 1;
      node = middle > start ? left : left + 8;
      if (middle > start && middle < end) {
        store<u32>(top, (left + 8) | odd);
        store<u16>(top, <u16>middle, 4);
        store<u16>(top, <u16>end, 6);
        top += 8;
        end = middle;
      }
      continue;
    }
    addLeaf(leafAt(leafOfNode, node), from, start, end, sum);
    if (top === aside) return;
    top -= 8;
    node = load<u32>(top) & ~1;
    odd = load<u32>(top) & 1;
    start = load<u16>(top, 4);
    end = load<u16>(top, 6);
  }
}

/**
 * Copies the rows from `start` to `end`, those that go left first, and returns where the others begin. Eight rows are taken at a time, the
 * last of which may be those of other nodes: what is written over these is put back.
 */
function part(from: usize, to: usize, start: u32, end: u32, column: usize, bin: u32): u32 {
  let low = to + (start << 1);
  let right = rightRows;
  const front = fronts;
  const limit = i16x8.splat(<i16>bin);
  const after = to + (end << 1);
  const others = v128.load(after);
  const last = from + (end << 1);
  let at = from + (start << 1);
  for (; at + 16 <= last; at += 16) {
    const rows = v128.load(at);
    const bits = rightOf(at, column, limit);
    const nRight = <usize>popcnt(bits) << 1;
    v128.store(low, i8x16.swizzle(rows, v128.load(front + (bits << 4))));
    v128.store(right, i8x16.swizzle(rows, v128.load(front + ((bits ^ 255) << 4))));
    low += 16 - nRight;
    right += nRight;
  }
  if (at < last) {
    const rows = v128.load(at);
    const ours = (<u32>1 << <u32>((last - at) >> 1)) - 1;
    const bits = rightOf(at, column, limit) & ours;
    v128.store(low, i8x16.swizzle(rows, v128.load(front + (bits << 4))));
    v128.store(right, i8x16.swizzle(rows, v128.load(front + ((bits ^ 255) << 4))));
    const nRight = <usize>popcnt(bits) << 1;
    low += last - at - nRight;
    right += nRight;
  }
  const middle = <u32>(low - to) >> 1;
  for (at = rightRows; at < right; at += 16, low += 16) v128.store(low, v128.load(at));
  v128.store(after, others);
  return middle;
}

/** A bit for each of eight rows, 1 where its bin is above the limit. */
@inline
function rightOf(at: usize, column: usize, limit: v128): u32 {
  let codes = i64x2.splat(0);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at), codes, 0);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 2), codes, 2);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 4), codes, 4);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 6), codes, 6);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 8), codes, 8);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 10), codes, 10);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 12), codes, 12);
  codes = v128.load_lane<u8>(column + <usize>load<u16>(at, 14), codes, 14);
  return <u32>i16x8.bitmask(i16x8.gt_s(codes, limit));
}

/** Does what `part` does by a set of bins whose rows go right. */
function partBySet(from: usize, to: usize, start: u32, end: u32, column: usize, number: i32): u32 {
  const set = sets + SET_BYTES * number;
  let low = to + (start << 1);
  let high = to + (end << 1) - 2;
  const last = from + (end << 1);
  for (let at = from + (start << 1); at < last; at += 2) {
    const row = <u32>load<u16>(at);
    const bin = <u32>load<u8>(column + row);
    const right = ((load<u32>(set + ((bin >>> 5) << 2)) >>> (bin & 31)) & 1) << 1;
    store<u16>(low, <u16>row);
    store<u16>(high, <u16>row);
    low += 2 - right;
    high -= right;
  }
  return <u32>(low - to) >> 1;
}

@inline
function addLeaf(leaf: i32, from: usize, start: u32, end: u32, sum: usize): void {
  const values = leafValues + ((<usize>leaf * nOutputs) << 3);
  const last = from + (end << 1);
  for (let k = 0; k < nOutputs; k++) {
    const value = load<f64>(values + ((<usize>k) << 3));
    const ofOutput = sum + ((<usize>k * manyRows) << 3);
    for (let at = from + (start << 1); at < last; at += 2) {
      const place = ofOutput + (<usize>load<u16>(at) << 3);
      store<f64>(place, load<f64>(place) + value);
    }
  }
}

function addValues(sum: usize, values: usize, nRows: i32): void {
  const width = (<usize>nOutputs) << 3;
  const leafOf = leaves;
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const at = sum + (row << 3);
    store<f64>(at, load<f64>(at) + load<f64>(values + <usize>load<u32>(leafOf + (row << 2)) * width));
  }
}

/** Finds the leaf of one tree that each of `nRows` rows falls into. */
export function findLeaves(tree: i32, nRows: i32): void {
  const root = load<u32>(roots + ((<usize>tree) << 2));
  // Each call is compiled by itself, the first without what only sets of bins need.
  if (nSets === 0) descend(root, nRows, false);
  else descend(root, nRows, true);
}

@inline
function descend(root: u32, nRows: i32, hasSets: bool): void {
  // Engines do not keep globals in registers through a loop.
  const tree = nodes;
  const leafOf = leafOfNode;
  const width = stride;
  let row = 0;
  let codes = rowCodes;
  let to = leaves;
  // Four rows go down side by side: while one waits for its node, the processor goes on with the others.
  for (; row + 4 <= nRows; row += 4, codes += 4 * width, to += 16) {
    const codesB = codes + width;
    const codesC = codesB + width;
    const codesD = codesC + width;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    for (;;) {
      const nextA = childOf(tree, a, codes, hasSets);
      const nextB = childOf(tree, b, codesB, hasSets);
      const nextC = childOf(tree, c, codesC, hasSets);
      const nextD = childOf(tree, d, codesD, hasSets);
      if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    store<i32>(to, leafAt(leafOf, a));
    store<i32>(to, leafAt(leafOf, b), 4);
    store<i32>(to, leafAt(leafOf, c), 8);
    store<i32>(to, leafAt(leafOf, d), 12);
  }
  for (; row < nRows; row++, codes += width, to += 4) {
    let node = root;
    for (;;) {
      const next = childOf(tree, node, codes, hasSets);
      if (next === node) break;
      node = next;
    }
    store<i32>(to, leafAt(leafOf, node));
  }
}

@inline
function leafAt(leafOf: usize, node: u32): i32 {
  return load<i32>(leafOf + (node >>> 1));
}

/** The node that a row goes to from a node. */
@inline
function childOf(tree: usize, node: u32, codes: usize, hasSets: bool): u32 {
  const whole = load<u64>(tree + node);
  const split = <i32>whole;
  const left = <u32>(whole >> 32);
  if (hasSets && split < 0) return left + (isInSet(node, split, codes) << 3);
  // Eight bytes further is the right child: there is no branch to be foretold wrongly.
  return left + (u32(<i32>load<u8>(codes + (split >>> 8)) > (split & 255)) << 3);
}

function isInSet(node: u32, split: i32, codes: usize): u32 {
  const bin = <u32>load<u8>(codes + leafAt(leafOfNode, node));
  const word = load<u32>(sets + SET_BYTES * (-1 - split) + ((bin >>> 5) << 2));
  return (word >>> (bin & 31)) & 1;
}
