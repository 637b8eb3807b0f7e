// AssemblyScript. The values of the leaves of a tree that has grown.

import { fork, nextPiece } from '../threads';
import { columnOf } from './histograms';
import {
  BLOCK,
  gradients,
  learningRate,
  leaves,
  nHeldOut,
  nodeSums,
  nRows,
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

/** Sets the values and the weights of all nodes, the values times the learning rate, and adds those of leaves to the scores of an output. */
export function addValues(output: i32, nDrawn: i32): void {
  placeRows(nDrawn);
  weighNodes();
  valueByAllRows(gradients + 16 * <usize>output * nRows);
  if (pathSmoothing > 0) smooth();
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    store<f64>(at, learningRate * load<f64>(at, NODE_VALUE), NODE_VALUE);
  }
  fork(addBlocks, output);
}

function addBlocks(output: i32, thread: i32, nThreads: i32): void {
  const nAll = nRows + nHeldOut;
  const score = scores + 8 * <usize>output * nAll;
  for (let start = BLOCK * nextPiece(); start < nAll; start = BLOCK * nextPiece()) {
    const end: usize = min(start + BLOCK, nAll);
    for (let row: usize = start; row < end; row++) {
      const place = score + (row << 3);
      store<f64>(place, load<f64>(place) + load<f64>(nodeAt(load<i32>(leaves + (row << 2))), NODE_VALUE));
    }
  }
}

/** Finds the leaf of each row. */
function placeRows(nDrawn: i32): void {
  for (let row: usize = 0; row < <usize>nRows; row++) store<i32>(leaves + (row << 2), LEAF);
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    const end = load<i32>(at, NODE_END);
    for (let i = load<i32>(at, NODE_START); i < end; i++) {
      store<i32>(leaves + ((<usize>load<i32>(rows + ((<usize>i) << 2))) << 2), node);
    }
  }
  // Those that were not drawn, and those held out, go down the tree.
  for (let row = nDrawn < nRows ? 0 : nRows; row < nRows + nHeldOut; row++) {
    const place = leaves + ((<usize>row) << 2);
    if (row < nRows && load<i32>(place) != LEAF) continue;
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

/** The weight of the rows of each leaf, and of each other node that of its children, which come after it. */
function weighNodes(): void {
  for (let node = 0; node < nNodes; node++) store<f64>(nodeAt(node), 0, NODE_WEIGHT);
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const at = nodeAt(load<i32>(leaves + (row << 2)));
    store<f64>(at, load<f64>(at, NODE_WEIGHT) + load<f64>(rowWeights + (row << 3)), NODE_WEIGHT);
  }
  for (let node = nNodes - 1; node >= 0; node--) {
    const at = nodeAt(node);
    if (load<i32>(at) == LEAF) continue;
    const left = load<f64>(nodeAt(load<i32>(at, NODE_LEFT)), NODE_WEIGHT);
    store<f64>(at, left + load<f64>(nodeAt(load<i32>(at, NODE_RIGHT)), NODE_WEIGHT), NODE_WEIGHT);
  }
}

/** All rows decide the values of nodes, with their own weights, whatever was drawn to find the splits. */
function valueByAllRows(gradient: usize): void {
  const sums = nodeSums;
  memory.fill(sums, 0, 16 * <usize>nNodes);
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const at = sums + ((<usize>load<i32>(leaves + (row << 2))) << 4);
    v128.store(at, f64x2.add(v128.load(at), v128.load(gradient + (row << 4))));
  }
  for (let node = nNodes - 1; node >= 0; node--) {
    const at = sums + ((<usize>node) << 4);
    if (load<i32>(nodeAt(node)) != LEAF) {
      const left = v128.load(sums + ((<usize>load<i32>(nodeAt(node), NODE_LEFT)) << 4));
      v128.store(at, f64x2.add(left, v128.load(sums + ((<usize>load<i32>(nodeAt(node), NODE_RIGHT)) << 4))));
    }
    setValue(node, v128.load(at));
  }
}

/**
 * Draws the value of each node towards that of its parent, the more the less its rows weigh: `(w v + s p) / (w + s)` (as LightGBM's
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
