// AssemblyScript. Takes many rows down a tree together: a node parts those that came to it. A few would leave most nodes with one row or
// none, so each of them goes down by itself.

import {
  aside,
  evenRows,
  fronts,
  leafOfNode,
  leafValues,
  manyRows,
  nodes,
  nOutputs,
  nSums,
  nTrees,
  oddRows,
  rightRows,
  roots,
  rowCodes,
  SET_BYTES,
  sets,
  sums,
} from './memory';
import { leafAt } from './nodes';

/** Does what `score` does for up to `manyRows` rows, with their bins a column after the other. */
export function scoreMany(nRows: i32): void {
  memory.fill(sums, 0, 8 * <usize>manyRows * nSums);
  let output = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    sendDown(load<u32>(roots + ((<usize>tree) << 2)), nRows, sums + ((<usize>output * manyRows) << 3));
    if (nOutputs === 1 && ++output === nSums) output = 0;
  }
}

/** So few rows of a node go on one by one, side by side: while one waits for its node, the processor goes on with the others. */
const FEW: u32 = 4;

/** Takes up to four rows of a node down to their leaves. */
function descend(tree: usize, node: u32, from: usize, start: u32, end: u32, sum: usize, width: usize): void {
  const first = from + (start << 1);
  const last = from + ((end - 1) << 1);
  const codesA = rowCodes + <usize>load<u16>(first);
  const codesB = rowCodes + <usize>load<u16>(min(first + 2, last));
  const codesC = rowCodes + <usize>load<u16>(min(first + 4, last));
  const codesD = rowCodes + <usize>load<u16>(last);
  let a = node;
  let b = node;
  let c = node;
  let d = node;
  for (;;) {
    const nextA = childInColumns(tree, a, codesA, width);
    const nextB = childInColumns(tree, b, codesB, width);
    const nextC = childInColumns(tree, c, codesC, width);
    const nextD = childInColumns(tree, d, codesD, width);
    if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
    a = nextA;
    b = nextB;
    c = nextC;
    d = nextD;
  }
  addLeaf(leafAt(leafOfNode, a), from, start, start + 1, sum);
  if (first < last) addLeaf(leafAt(leafOfNode, d), from, end - 1, end, sum);
  if (end - start > 2) addLeaf(leafAt(leafOfNode, b), from, start + 1, start + 2, sum);
  if (end - start > 3) addLeaf(leafAt(leafOfNode, c), from, start + 2, start + 3, sum);
}

/** What `childOf` does, where bins stand a column after the other. */
@inline
function childInColumns(tree: usize, node: u32, codes: usize, width: usize): u32 {
  const whole = load<u64>(tree + node);
  const split = <i32>whole;
  const left = <u32>(whole >> 32);
  if (split < 0) {
    const bin = <u32>load<u8>(codes + <usize>leafAt(leafOfNode, node) * width);
    const word = load<u32>(sets + SET_BYTES * (-1 - split) + ((bin >>> 5) << 2));
    return left + (((word >>> (bin & 31)) & 1) << 3);
  }
  return left + (u32(<i32>load<u8>(codes + <usize>(split >>> 8) * width) > (split & 255)) << 3);
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
    if (left !== node && end - start <= FEW) {
      descend(tree, node, from, start, end, sum, width);
    } else if (left !== node) {
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
    } else {
      addLeaf(leafAt(leafOfNode, node), from, start, end, sum);
    }
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
