// AssemblyScript. The values of the leaves of a grown tree.

import { fork, nextPiece } from '../threads';
import { columnOf } from './histograms';
import {
  args,
  BLOCK,
  gradients,
  leafParts,
  learningRate,
  leaves,
  nHeldOut,
  nodeSums,
  nRows,
  PART,
  pathSmoothing,
  rows,
  rowWeights,
  scores,
} from './memory';
import {
  goesLeft,
  LEAF,
  nNodes,
  NODE_END,
  NODE_LEFT,
  NODE_LOWER,
  NODE_RIGHT,
  NODE_START,
  NODE_UPPER,
  NODE_VALUE,
  NODE_WEIGHT,
  nodeAt,
  setValue,
} from './nodes';
import { areRenewed, renewLeaves } from './renew-leaves';

// A part of a leaf: i32 node, i32 start and end of its rows, f64 weight and f64[2] sum of gradients and curvatures.
const PART_START: usize = 4;
const PART_END: usize = 8;
const PART_WEIGHT: usize = 16;
const PART_SUM: usize = 32;

/**
 * Sets the values, times the learning rate, and the weights of all nodes, and adds the values of leaves to the scores of an output. Values
 * are computed from all rows with their own weights, not from the sample drawn for the splits.
 */
export function addValues(output: i32, nDrawn: i32): void {
  const gradient = gradients + 16 * <usize>output * nRows;
  memory.fill(nodeSums, 0, 16 * <usize>nNodes);
  for (let node = 0; node < nNodes; node++) store<f64>(nodeAt(node), 0, NODE_WEIGHT);
  const nParts = partLeaves();
  store<i32>(args, nParts);
  fork(addParts, <i32>gradient, nRows > BLOCK);
  for (let part = 0; part < nParts; part++) {
    const from = partAt(part);
    addToNode(load<i32>(from), v128.load(from, PART_SUM), load<f64>(from, PART_WEIGHT));
  }
  const isDrawn = nDrawn < nRows;
  if (isDrawn) {
    memory.fill(leaves, 0, 4 * <usize>nRows);
    fork(markParts, 0, nRows > BLOCK);
  }
  const nOthers = isDrawn ? nRows + nHeldOut : nHeldOut;
  if (nOthers > 0) fork(placeBlocks, i32(isDrawn), nOthers > BLOCK);
  if (isDrawn) addOthers(gradient);
  setValues();
  if (areRenewed()) renewLeaves(output, isDrawn, DRAWN);
  if (pathSmoothing > 0) smooth();
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    store<f64>(at, learningRate * load<f64>(at, NODE_VALUE), NODE_VALUE);
  }
  fork(scoreParts, output, nRows > BLOCK);
  if (nOthers > 0) fork(scoreOthers, 2 * output + i32(isDrawn), nOthers > BLOCK);
}

@inline
function partAt(part: i32): usize {
  return leafParts + <usize>PART * part;
}

/** Cuts the rows of leaves into parts of up to `BLOCK`, and returns the number of parts. */
function partLeaves(): i32 {
  let nParts = 0;
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    const end = load<i32>(at, NODE_END);
    for (let start = load<i32>(at, NODE_START); start < end; start += BLOCK) {
      const to = partAt(nParts);
      store<i32>(to, node);
      store<i32>(to, start, PART_START);
      store<i32>(to, min(start + BLOCK, end), PART_END);
      nParts++;
    }
  }
  return nParts;
}

@inline
function addToNode(node: i32, sum: v128, weight: f64): void {
  const at = nodeSums + ((<usize>node) << 4);
  v128.store(at, f64x2.add(v128.load(at), sum));
  store<f64>(nodeAt(node), load<f64>(nodeAt(node), NODE_WEIGHT) + weight, NODE_WEIGHT);
}

function addParts(gradient: i32, thread: i32, nThreads: i32): void {
  const nParts = load<i32>(args);
  for (let part = nextPiece(); part < nParts; part = nextPiece()) {
    const to = partAt(part);
    let sum = f64x2(0, 0);
    let weight: f64 = 0;
    const end = rowPlace(load<i32>(to, PART_END));
    for (let at = rowPlace(load<i32>(to, PART_START)); at < end; at += 4) {
      const row = <usize>load<u32>(at);
      sum = f64x2.add(sum, v128.load(<usize><u32>gradient + (row << 4)));
      weight += load<f64>(rowWeights + (row << 3));
    }
    v128.store(to, sum, PART_SUM);
    store<f64>(to, weight, PART_WEIGHT);
  }
}

@inline
function rowPlace(i: i32): usize {
  return rows + ((<usize>i) << 2);
}

/** Marks the drawn rows, whose leaf is known from their part. */
function markParts(_: i32, thread: i32, nThreads: i32): void {
  const nParts = load<i32>(args);
  for (let part = nextPiece(); part < nParts; part = nextPiece()) {
    const end = rowPlace(load<i32>(partAt(part), PART_END));
    for (let at = rowPlace(load<i32>(partAt(part), PART_START)); at < end; at += 4) {
      store<i32>(leaves + ((<usize>load<u32>(at)) << 2), DRAWN);
    }
  }
}

/** The mark of drawn rows. */
const DRAWN: i32 = -1;

/** Sends the held-out rows, and those not drawn, down the tree to their leaves. */
function placeBlocks(isDrawn: i32, thread: i32, nThreads: i32): void {
  const nAll = nRows + nHeldOut;
  const first = isDrawn ? 0 : nRows;
  for (let start = first + BLOCK * nextPiece(); start < nAll; start = first + BLOCK * nextPiece()) {
    for (let row = start; row < min(start + BLOCK, nAll); row++) {
      const place = leaves + ((<usize>row) << 2);
      if (row < nRows && load<i32>(place) == DRAWN) continue;
      let node = 0;
      for (;;) {
        const feature = load<i32>(nodeAt(node));
        if (feature == LEAF) break;
        const bin = <i32>load<u8>(columnOf(feature) + ((<usize>row) << 3));
        node = load<i32>(nodeAt(node) + (goesLeft(node, feature, bin) ? NODE_LEFT : NODE_RIGHT));
      }
      store<i32>(place, node);
    }
  }
}

/** Adds the rows not drawn to the sums of their leaves. */
function addOthers(gradient: usize): void {
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const leaf = load<i32>(leaves + (row << 2));
    if (leaf == DRAWN) continue;
    addToNode(leaf, v128.load(gradient + (row << 4)), load<f64>(rowWeights + (row << 3)));
  }
}

/** Sets the values and weights of all nodes from the sums of the leaves; children follow their parents. */
function setValues(): void {
  for (let node = nNodes - 1; node >= 0; node--) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) {
      addToNode(node, sumOfNode(load<i32>(at, NODE_LEFT)), load<f64>(nodeAt(load<i32>(at, NODE_LEFT)), NODE_WEIGHT));
      addToNode(node, sumOfNode(load<i32>(at, NODE_RIGHT)), load<f64>(nodeAt(load<i32>(at, NODE_RIGHT)), NODE_WEIGHT));
    }
    setValue(node, sumOfNode(node));
  }
}

@inline
function sumOfNode(node: i32): v128 {
  return v128.load(nodeSums + ((<usize>node) << 4));
}

function scoreParts(output: i32, thread: i32, nThreads: i32): void {
  const nParts = load<i32>(args);
  const score = scoresOf(output);
  for (let part = nextPiece(); part < nParts; part = nextPiece()) {
    const from = partAt(part);
    const value = load<f64>(nodeAt(load<i32>(from)), NODE_VALUE);
    const end = rowPlace(load<i32>(from, PART_END));
    for (let at = rowPlace(load<i32>(from, PART_START)); at < end; at += 4) {
      addScore(score, load<u32>(at), value);
    }
  }
}

function scoreOthers(task: i32, thread: i32, nThreads: i32): void {
  const nAll = nRows + nHeldOut;
  const score = scoresOf(task >> 1);
  const first = task & 1 ? 0 : nRows;
  for (let start = first + BLOCK * nextPiece(); start < nAll; start = first + BLOCK * nextPiece()) {
    for (let row = start; row < min(start + BLOCK, nAll); row++) {
      const leaf = load<i32>(leaves + ((<usize>row) << 2));
      if (leaf != DRAWN) addScore(score, row, load<f64>(nodeAt(leaf), NODE_VALUE));
    }
  }
}

@inline
function scoresOf(output: i32): usize {
  return scores + 8 * <usize>output * (<usize>nRows + nHeldOut);
}

@inline
function addScore(score: usize, row: usize, value: f64): void {
  const place = score + (row << 3);
  store<f64>(place, load<f64>(place) + value);
}

/**
 * Smooths the value of each node towards that of its parent, the more the less its rows weigh: `(w v + s p) / (w + s)` (as LightGBM's
 * `path_smooth`).
 */
function smooth(): void {
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) == LEAF) continue;
    smoothTo(load<i32>(at, NODE_LEFT), load<f64>(at, NODE_VALUE));
    smoothTo(load<i32>(at, NODE_RIGHT), load<f64>(at, NODE_VALUE));
  }
}

function smoothTo(node: i32, parent: f64): void {
  const at = nodeAt(node);
  const weight = load<f64>(at, NODE_WEIGHT);
  const value = (weight * load<f64>(at, NODE_VALUE) + pathSmoothing * parent) / (weight + pathSmoothing);
  store<f64>(at, min(max(value, load<f64>(at, NODE_LOWER)), load<f64>(at, NODE_UPPER)), NODE_VALUE);
}
