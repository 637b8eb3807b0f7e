// AssemblyScript, called by src/shap/wasm-shap-engine.ts; src/shap/shap-tree.ts describes the computation. The contributions of features to
// the values of a few leaves, for a block of rows. Rows with the same flags are one state, computed once. `setUp` allocates all arrays.

import { clear, take } from './arena';

/** The number of states processed at a time. */
const STATES: usize = 32;
/** The size in bytes of a number or mask for each of these states. */
const LINE: usize = 8 * STATES;
/** The number of state indices that fit into a key along with eight more bits. */
const KEYS: usize = 1 << 20;
/** The number of edges whose factors are multiplied at a time. */
const GROUP: i32 = 5;

// Parameters: the caller sets them before `setUp`.
/** A multiple of 16, up to 4096. */
export let nRows: i32 = 0;
export let nColumns: i32 = 0;
export let nFlags: i32 = 0;
export let nEdges: i32 = 0;
export let nNodes: i32 = 0;
export let nPoints: i32 = 0;
export let nOutputs: i32 = 0;
/** The number of arrays of contributions. */
export let nFound: i32 = 0;

/** u8[nColumns][nRows]: the bins of the rows. */
export let codes: usize = 0;
/** i32[8]: the bins whose rows go right, one bit each. */
export let set: usize = 0;
/** f64[nFound][nRows]: the contributions. */
export let found: usize = 0;
/** i32[nEdges]: the flags of each edge. */
export let flagsOf: usize = 0;
/** i32[nEdges]: the previous edge on the path with the same feature, or -1. */
export let before: usize = 0;
/** i32[nEdges]: the index of each edge's feature among those of the unit. */
export let slots: usize = 0;
/** i32[nEdges]: the array that the contributions of each feature of the unit are added to, for the first output. */
export let targets: usize = 0;
/** f64[nEdges][nPoints]: the factor of the product if the feature is known, and if it is not. */
export let stays: usize = 0;
export let ceases: usize = 0;
/** f64[nEdges]: the factor if it was not known before. */
export let shares: usize = 0;
/** f64[nEdges][nPoints]: the weights of the points if the feature is known. */
export let weights: usize = 0;
/** f64[nPoints]: those if it is not. */
export let otherWeights: usize = 0;
/** i32[nNodes]: the left child of each node of the unit, or 0 for a leaf; the right one follows it. */
export let lefts: usize = 0;
/** f64[nNodes][nOutputs]: the values of each node that is a leaf. */
export let values: usize = 0;

/** u8[nFlags][nRows]: 255 for a row that passes all splits by an edge's feature up to that edge, otherwise 0. */
let flags: usize = 0;
/** u16[nRows] */
let keys: usize = 0;
/** u32[nRows]: the index of each row's state in a table. */
let places: usize = 0;
/** u16[nRows]: a row of each state, and its key. */
let examples: usize = 0;
let keyOfState: usize = 0;
/** u16[KEYS]: the state of each key, from 1; all 0 between calls. */
let stateOfKey: usize = 0;
/** i64[nEdges][STATES] */
let masks: usize = 0;
/** f64[nNodes][nPoints][STATES]: the products of the factors on the path to each node, and their sums over the leaves below. */
let products: usize = 0;
let sums: usize = 0;
/** f64[nOutputs * nEdges][nRows]: the contribution of each feature in each state. */
let table: usize = 0;
/** f64[nEdges / GROUP + 1][nPoints][1 << GROUP]: the possible factors of groups of edges. */
let factors: usize = 0;
/** i64[STATES]: the index of each state's factor among those of a group. */
let choices: usize = 0;
/** f64[STATES]: an integral if a feature is known, and if it is not. */
let integrals: usize = 0;
let others: usize = 0;
/** The number of bytes that the current states use in a line, in steps of 64. */
let used: usize = 0;

export function setUp(): void {
  const n = <usize>nRows;
  const edges = <usize>nEdges;
  const nodes = <usize>nNodes;
  const points = <usize>nPoints;
  clear();
  // First, so that its address stays the same: memory is initially 0, and this array is 0 between calls.
  stateOfKey = take(2 * KEYS);
  codes = take(n * nColumns);
  set = take(32);
  found = take(8 * n * nFound);
  flagsOf = take(4 * edges);
  before = take(4 * edges);
  slots = take(4 * edges);
  targets = take(4 * edges);
  stays = take(8 * edges * points);
  ceases = take(8 * edges * points);
  shares = take(8 * edges);
  weights = take(8 * edges * points);
  otherWeights = take(8 * points);
  lefts = take(4 * nodes);
  values = take(8 * nodes * nOutputs);
  flags = take(n * nFlags);
  keys = take(2 * n);
  places = take(4 * n);
  examples = take(2 * n + 2);
  keyOfState = take(4 * n + 4);
  masks = take(edges * LINE);
  products = take(nodes * points * LINE);
  sums = take(nodes * points * LINE);
  table = take(8 * n * nOutputs * edges);
  choices = take(LINE);
  factors = take((1 + <usize>(nEdges / GROUP)) * points << (3 + GROUP));
  integrals = take(LINE);
  others = take(LINE);
  memory.fill(found, 0, 8 * n * nFound);
}

/** Flags the rows that pass a split by a bin and the earlier splits. */
export function pass(column: i32, bin: i32, isRight: bool, earlier: i32, to: i32): void {
  const code = codes + <usize>column * nRows;
  const flag = flags + <usize>to * nRows;
  const old = flags + <usize>max(earlier, 0) * nRows;
  const limit = i8x16.splat(<i8>bin);
  const turned = i8x16.splat(isRight ? -1 : 0);
  const always = i8x16.splat(earlier < 0 ? -1 : 0);
  for (let row: usize = 0; row < <usize>nRows; row += 16) {
    const goes = v128.xor(i8x16.le_u(v128.load(code + row), limit), turned);
    v128.store(flag + row, v128.and(goes, v128.or(v128.load(old + row), always)));
  }
}

/** Like `pass`, for a split by a set of bins. */
export function passBySet(column: i32, isRight: bool, earlier: i32, to: i32): void {
  const code = codes + <usize>column * nRows;
  const flag = flags + <usize>to * nRows;
  const old = flags + <usize>max(earlier, 0) * nRows;
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const bin = <u32>load<u8>(code + row);
    const isIn = ((load<u32>(set + ((bin >>> 5) << 2)) >>> (bin & 31)) & 1) !== 0;
    const passed = isIn === isRight && (earlier < 0 || load<u8>(old + row) !== 0);
    store<u8>(flag + row, passed ? 255 : 0);
  }
}

/**
 * Adds the contributions of the features to the leaves of a unit: a node, reached by the first `onPath` edges, one per feature, and all
 * nodes below it.
 */
export function explain(onPath: i32, nodeCount: i32, pointCount: i32, slotCount: i32): void {
  const nStates = findStates(onPath, nodeCount);
  tabulate(onPath, pointCount);
  for (let first = 0; first < nStates; first += <i32>STATES) {
    used = min(LINE, ((<usize>(nStates - first) + 7) & ~7) << 3);
    takeMasks(onPath, nodeCount, first, nStates);
    multiply(onPath, nodeCount, pointCount);
    for (let output = 0; output < nOutputs; output++) {
      contribute(onPath, nodeCount, pointCount, slotCount, output, first);
    }
  }
  for (let output = 0; output < nOutputs; output++) {
    const stride = <usize>(nFound / nOutputs) * output;
    for (let slot = 0; slot < slotCount; slot++) {
      const at = <usize>load<i32>(targets + ((<usize>slot) << 2)) + stride;
      addToRows(found + at * nRows * 8, table + (<usize>output * nEdges + slot) * nRows * 8);
    }
  }
}

/** The edge with the given index in keys: first those on the path, then those to left children. */
@inline
function edgeOfKey(number: i32, onPath: i32): usize {
  return number < onPath ? <usize>number : <usize>(2 * number - onPath);
}

@inline
function flagsAt(edge: usize): usize {
  return flags + <usize>load<i32>(flagsOf + (edge << 2)) * nRows;
}

/** Numbers the states, giving rows with the same flags the same number; returns the number of states. */
function findStates(onPath: i32, nodeCount: i32): i32 {
  const nKeyEdges = onPath + (nodeCount >> 1);
  const n = <usize>nRows;
  for (let row: usize = 0; row < n; row += 16) {
    const low = byteOf(0, nKeyEdges, onPath, row);
    const high = byteOf(8, nKeyEdges, onPath, row);
    const to = keys + 2 * row;
    v128.store(to, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(to, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  }
  let nStates = numberStates(0);
  for (let from = 16; from < nKeyEdges; from += 8) {
    for (let row: usize = 0; row < n; row += 16) {
      const byte = byteOf(from, nKeyEdges, onPath, row);
      const to = keys + 2 * row;
      v128.store(to, i16x8.extend_low_i8x16_u(byte));
      v128.store(to, i16x8.extend_high_i8x16_u(byte), 16);
    }
    nStates = numberStates(32);
  }
  return nStates;
}

/** Eight flags of each of 16 rows. */
@inline
function byteOf(from: i32, to: i32, onPath: i32, row: usize): v128 {
  let byte = i8x16.splat(0);
  const end = min(from + 8, to);
  for (let number = from; number < end; number++) {
    const flag = v128.load(flagsAt(edgeOfKey(number, onPath)) + row);
    const bit: i32 = 1 << (number - from);
    byte = v128.or(byte, v128.and(flag, i8x16.splat(<i8>bit)));
  }
  return byte;
}

/** @param scale the factor of the previous state number in the key. */
function numberStates(scale: u32): i32 {
  const known = stateOfKey;
  const n = <usize>nRows;
  let nStates: u32 = 0;
  for (let row: usize = 0; row < n; row++) {
    const place = places + (row << 2);
    const key = (scale === 0 ? 0 : load<u32>(place) * scale) + <u32>load<u16>(keys + (row << 1));
    const at = known + (<usize>key << 1);
    const found = <u32>load<u16>(at);
    // Written for every row and overwritten unless the state is new: no branch to mispredict.
    store<u16>(examples + (<usize>nStates << 1), <u16>row);
    store<u32>(keyOfState + (<usize>nStates << 2), key);
    const isNew = u32(found === 0);
    nStates += isNew;
    const state = found + isNew * nStates;
    store<u16>(at, <u16>state);
    store<u32>(place, (state - 1) << 3);
  }
  for (let state: usize = 0; state < nStates; state++) {
    store<u16>(known + (<usize>load<u32>(keyOfState + (state << 2)) << 1), 0);
  }
  return nStates;
}

/** Loads the masks of all edges for the next states. */
function takeMasks(onPath: i32, nodeCount: i32, first: i32, nStates: i32): void {
  const end = used;
  const nKeyEdges = onPath + (nodeCount >> 1);
  for (let number = 0; number < nKeyEdges; number++) {
    const edge = edgeOfKey(number, onPath);
    const flag = flagsAt(edge);
    const to = masks + edge * LINE;
    for (let state: usize = 0; (state << 3) < end; state++) {
      const example = <usize>load<u16>(examples + (<usize>min(first + <i32>state, nStates - 1) << 1));
      store<i64>(to + (state << 3), <i64>load<i8>(flag + example));
    }
  }
  // Rows that pass on the right are those that passed before and do not pass on the left.
  for (let edge = <usize>onPath + 1; edge < <usize>(onPath + nodeCount - 1); edge += 2) {
    const earlier = load<i32>(before + (edge << 2));
    const to = masks + edge * LINE;
    for (let at: usize = 0; at < end; at += 16) {
      const left = v128.load(to + at - LINE);
      v128.store(
        to + at,
        earlier < 0 ? v128.not(left) : v128.andnot(v128.load(masks + <usize>earlier * LINE + at), left),
      );
    }
  }
}

/** Computes the product of the factors of all features on the path to each node. */
function multiply(onPath: i32, nodeCount: i32, pointCount: i32): void {
  const end = used;
  const size = <usize>nPoints * LINE;
  if (onPath === 0) {
    for (let q: usize = 0; q < <usize>pointCount; q++) {
      for (let at: usize = 0; at < end; at += 16) v128.store(products + q * LINE + at, f64x2.splat(1));
    }
  }
  for (let from = 0; from < onPath; from += GROUP) multiplyGroup(from, min(from + GROUP, onPath), pointCount);
  for (let node: usize = 0; node < <usize>nodeCount; node++) {
    const left = <usize>load<i32>(lefts + (node << 2));
    if (left === 0) continue;
    for (let child = left; child < left + 2; child++) {
      const edge = <usize>onPath + child - 1;
      const earlier = load<i32>(before + (edge << 2));
      const mask = masks + edge * LINE;
      const maskBefore = masks + <usize>max(earlier, 0) * LINE;
      const share = v128.load64_splat(shares + (edge << 3));
      let place = (edge * nPoints) << 3;
      let source = products + node * size;
      let to = products + child * size;
      for (let q = 0; q < pointCount; q++, place += 8, source += LINE, to += LINE) {
        const cease = v128.load64_splat(ceases + place);
        const stay = v128.load64_splat(stays + place);
        if (earlier < 0) {
          for (let at: usize = 0; at < end; at += 32) {
            const factor = v128.bitselect(stay, cease, v128.load(mask + at));
            const next = v128.bitselect(stay, cease, v128.load(mask + at, 16));
            v128.store(to + at, f64x2.mul(v128.load(source + at), factor));
            v128.store(to + at, f64x2.mul(v128.load(source + at, 16), next), 16);
          }
        } else {
          for (let at: usize = 0; at < end; at += 16) {
            const factor = v128.bitselect(stay, cease, v128.load(mask + at));
            const either = v128.bitselect(factor, share, v128.load(maskBefore + at));
            v128.store(to + at, f64x2.mul(v128.load(source + at), either));
          }
        }
      }
    }
  }
}

/** Tabulates the possible products of the factors of groups of edges, for each point. */
function tabulate(onPath: i32, pointCount: i32): void {
  for (let from = 0; from < onPath; from += GROUP) {
    const to = min(from + GROUP, onPath);
    for (let q: usize = 0; q < <usize>pointCount; q++) {
      const table = factorsOf(from, q);
      store<f64>(table, 1);
      let width: usize = 8;
      for (let edge = from; edge < to; edge++, width <<= 1) {
        const place = (<usize>edge * nPoints + q) << 3;
        const stay = load<f64>(stays + place);
        const cease = load<f64>(ceases + place);
        for (let at = table; at < table + width; at += 8) {
          const product = load<f64>(at);
          store<f64>(at + width, product * stay);
          store<f64>(at, product * cease);
        }
      }
    }
  }
}

@inline
function factorsOf(from: i32, q: usize): usize {
  return factors + ((<usize>(from / GROUP) * nPoints + q) << (3 + GROUP));
}

/** Multiplies the products of the first node by the factors of a few edges. */
@inline
function multiplyGroup(from: i32, to: i32, pointCount: i32): void {
  const end = used;
  for (let at: usize = 0; at < end; at += 16) {
    let choice = i64x2.splat(0);
    for (let edge = from; edge < to; edge++) {
      const bit = i64x2.splat(<i64>8 << <i64>(edge - from));
      choice = v128.or(choice, v128.and(v128.load(masks + <usize>edge * LINE + at), bit));
    }
    v128.store(choices + at, choice);
  }
  for (let q: usize = 0; q < <usize>pointCount; q++) {
    const product = products + q * LINE;
    const table = factorsOf(from, q);
    for (let at: usize = 0; at < end; at += 16) {
      let factor = v128.load64_zero(table + <usize>load<u32>(choices + at));
      factor = v128.load64_lane(table + <usize>load<u32>(choices + at, 8), factor, 1);
      v128.store(product + at, from === 0 ? factor : f64x2.mul(v128.load(product + at), factor));
    }
  }
}

/**
 * Sums the products times values of the leaves below each node, and adds the contribution of each edge for the leaves on whose path its
 * feature does not split again.
 */
function contribute(
  onPath: i32,
  nodeCount: i32,
  pointCount: i32,
  slotCount: i32,
  output: i32,
  first: i32,
): void {
  const end = used;
  const size = <usize>nPoints * LINE;
  const bytes = <usize>nRows * 8;
  const to = table + <usize>output * nEdges * bytes + (<usize>first << 3);
  for (let slot = 0; slot < slotCount; slot++) {
    const line = to + <usize>slot * bytes;
    for (let at: usize = 0; at < end; at += 64) clearLine(line + at);
  }
  for (let node = nodeCount - 1; node >= 0; node--) {
    let sum = sums + <usize>node * size;
    const left = <usize>load<i32>(lefts + ((<usize>node) << 2));
    if (left === 0) {
      const value = v128.load64_splat(values + ((<usize>(node * nOutputs + output)) << 3));
      let product = products + <usize>node * size;
      for (let q = 0; q < pointCount; q++, sum += LINE, product += LINE) {
        for (let at: usize = 0; at < end; at += 16) {
          v128.store(sum + at, f64x2.mul(value, v128.load(product + at)));
        }
      }
    } else {
      let below = sums + left * size;
      for (let q = 0; q < pointCount; q++, sum += LINE, below += LINE) {
        for (let at: usize = 0; at < end; at += 16) {
          v128.store(sum + at, f64x2.add(v128.load(below + at), v128.load(below + size + at)));
        }
      }
    }
    sum = sums + <usize>node * size;
    integrate(sum, otherWeights, pointCount, others);
    if (node === 0) continue;
    const edge = <usize>(onPath + node - 1);
    const place = to + <usize>load<i32>(slots + (edge << 2)) * bytes;
    addWithout(sum, edge, pointCount, place);
    const earlier = load<i32>(before + (edge << 2));
    // The previous edge counted these leaves, too.
    if (earlier >= 0) takeWithout(sum, <usize>earlier, pointCount, place);
  }
  for (let edge: usize = 0; edge < <usize>onPath; edge++) {
    addWithout(sums, edge, pointCount, to + <usize>load<i32>(slots + (edge << 2)) * bytes);
  }
}

@inline
function clearLine(at: usize): void {
  const zeros = f64x2.splat(0);
  v128.store(at, zeros);
  v128.store(at, zeros, 16);
  v128.store(at, zeros, 32);
  v128.store(at, zeros, 48);
}

/** Adds the integral of sums without the factor of an edge's feature, times the change of that factor by knowing the feature. */
@inline
function addWithout(sum: usize, edge: usize, pointCount: i32, place: usize): void {
  integrate(sum, weights + ((edge * nPoints) << 3), pointCount, integrals);
  const mask = masks + edge * LINE;
  for (let at: usize = 0; at < used; at += 16) {
    const step = v128.bitselect(v128.load(integrals + at), v128.load(others + at), v128.load(mask + at));
    v128.store(place + at, f64x2.add(v128.load(place + at), step));
  }
}

/** Subtracts it. */
@inline
function takeWithout(sum: usize, edge: usize, pointCount: i32, place: usize): void {
  integrate(sum, weights + ((edge * nPoints) << 3), pointCount, integrals);
  const mask = masks + edge * LINE;
  for (let at: usize = 0; at < used; at += 16) {
    const step = v128.bitselect(v128.load(integrals + at), v128.load(others + at), v128.load(mask + at));
    v128.store(place + at, f64x2.sub(v128.load(place + at), step));
  }
}

/** Computes the weighted sum over the points. */
@inline
function integrate(sum: usize, weight: usize, pointCount: i32, to: usize): void {
  const last = weight + ((<usize>pointCount) << 3);
  for (let at: usize = 0; at < used; at += 64) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let from = sum + at;
    for (let q = weight; q < last; q += 8, from += LINE) {
      const by = v128.load64_splat(q);
      a = f64x2.add(a, f64x2.mul(v128.load(from), by));
      b = f64x2.add(b, f64x2.mul(v128.load(from, 16), by));
      c = f64x2.add(c, f64x2.mul(v128.load(from, 32), by));
      d = f64x2.add(d, f64x2.mul(v128.load(from, 48), by));
    }
    v128.store(to + at, a);
    v128.store(to + at, b, 16);
    v128.store(to + at, c, 32);
    v128.store(to + at, d, 48);
  }
}

/** Adds the contributions of its state to each row. */
function addToRows(to: usize, ofState: usize): void {
  const placeOf = places;
  for (let row: usize = 0; row < <usize>nRows; row += 4) {
    const place = placeOf + (row << 2);
    const at = to + (row << 3);
    let two = v128.load64_zero(ofState + <usize>load<u32>(place));
    two = v128.load64_lane(ofState + <usize>load<u32>(place, 4), two, 1);
    v128.store(at, f64x2.add(v128.load(at), two));
    let others = v128.load64_zero(ofState + <usize>load<u32>(place, 8));
    others = v128.load64_lane(ofState + <usize>load<u32>(place, 12), others, 1);
    v128.store(at, f64x2.add(v128.load(at, 16), others), 16);
  }
}
