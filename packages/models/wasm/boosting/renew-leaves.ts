// AssemblyScript. The values of leaves for losses that depend on the order of residuals, for which a Newton step is poor (Friedman, "Greedy
// function approximation", 2001, algorithms 3 and 4).

import { fork, nextPiece } from '../threads';
import { HUBER, QUANTILE } from './amount-losses';
import {
  amounts,
  args,
  BLOCK,
  heldRows,
  isMonotone,
  l2,
  leaves,
  levels,
  lossKind,
  lossParameter,
  nHeldOut,
  nRows,
  residualStarts,
  residuals,
  residualWeights,
  rows,
  rowWeights,
  scores,
} from './memory';
import { LEAF, nNodes, NODE_END, NODE_LEFT, NODE_RIGHT, NODE_START, NODE_VALUE, NODE_WEIGHT, nodeAt } from './nodes';
import { weightedQuantile } from './weighted-quantile';

/** The index of the number of nodes in `args`. */
const N_NODES: usize = 28;

/** Whether the values of leaves are renewed; not if they are bounded, since bounds refer to gradient steps. */
@inline
export function areRenewed(): bool {
  return (lossKind == QUANTILE || lossKind == HUBER) && !isMonotone;
}

/**
 * Sets the value of each leaf to the quantile of the residuals of its rows; for Huber's loss, to their median plus the mean of the clipped
 * distances from it. It is shrunk towards 0 like a Newton step of that weight. Inner nodes get the means of their children.
 *
 * @param drawn the mark in `leaves` of rows whose leaf follows from their position in `rows`; other rows have their leaf in `leaves`.
 */
export function renewLeaves(output: i32, isDrawn: bool, drawn: i32): void {
  gather(output, isDrawn, drawn);
  // Other threads do not have the number of nodes.
  store<i32>(args, nNodes, N_NODES);
  fork(renewNodes, output, nRows > BLOCK);
  for (let node = nNodes - 1; node >= 0; node--) {
    const at = nodeAt(node);
    if (load<i32>(at) == LEAF) continue;
    const left = nodeAt(load<i32>(at, NODE_LEFT));
    const right = nodeAt(load<i32>(at, NODE_RIGHT));
    const leftWeight = load<f64>(left, NODE_WEIGHT);
    const rightWeight = load<f64>(right, NODE_WEIGHT);
    const sum = leftWeight * load<f64>(left, NODE_VALUE) + rightWeight * load<f64>(right, NODE_VALUE);
    const weight = leftWeight + rightWeight;
    store<f64>(at, weight > 0 ? sum / weight : 0, NODE_VALUE);
  }
}

/** Gathers residuals and weights of the rows by leaf, in the order of the nodes. */
function gather(output: i32, isDrawn: bool, drawn: i32): void {
  memory.fill(residualStarts, 0, 4 * (<usize>nNodes + 1));
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    for (let i = load<i32>(at, NODE_START); i < load<i32>(at, NODE_END); i++) {
      store<i32>(heldRows + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 2), node);
    }
    if (!isDrawn) addCount(node, load<i32>(at, NODE_END) - load<i32>(at, NODE_START));
  }
  if (isDrawn) {
    for (let row: usize = 0; row < <usize>nRows; row++) {
      const leaf = load<i32>(leaves + (row << 2));
      if (leaf != drawn) store<i32>(heldRows + (row << 2), leaf);
      if (load<f64>(rowWeights + (row << 3)) > 0) addCount(load<i32>(heldRows + (row << 2)), 1);
    }
  }
  for (let node = 0; node < nNodes; node++) addCount(node, startOf(node));
  const score = scores + 8 * <usize>output * (<usize>nRows + nHeldOut);
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const weight = load<f64>(rowWeights + (row << 3));
    if (weight == 0) continue;
    const node = load<i32>(heldRows + (row << 2));
    const place = (<usize>startOf(node)) << 3;
    addCount(node - 1, 1);
    store<f64>(residuals + place, load<f64>(amounts + (row << 3)) - load<f64>(score + (row << 3)));
    store<f64>(residualWeights + place, weight);
  }
}

/** The start of the rows of a node; after they are gathered, their end. */
@inline
function startOf(node: i32): i32 {
  return load<i32>(residualStarts + ((<usize>node) << 2));
}

/** Adds to the entry after that of a node. */
@inline
function addCount(node: i32, count: i32): void {
  const at = residualStarts + ((<usize>(node + 1)) << 2);
  store<i32>(at, load<i32>(at) + count);
}

function renewNodes(output: i32, thread: i32, nThreads: i32): void {
  const level = load<f64>(levels + ((<usize>output) << 3));
  const nHere = load<i32>(args, N_NODES);
  for (let node = nextPiece(); node < nHere; node = nextPiece()) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    const start = node == 0 ? 0 : startOf(node - 1);
    const n = startOf(node) - start;
    if (n == 0) continue;
    const values = residuals + ((<usize>start) << 3);
    const weights = residualWeights + ((<usize>start) << 3);
    let value = weightedQuantile(values, weights, n, level);
    if (lossKind == HUBER) value += meanBeyond(values, weights, n, value);
    const weight = load<f64>(at, NODE_WEIGHT);
    store<f64>(at, (value * weight) / (weight + l2), NODE_VALUE);
  }
}

/** The mean clipped distance of numbers from their median. */
function meanBeyond(values: usize, weights: usize, n: i32, median: f64): f64 {
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const weight = load<f64>(weights + (i << 3));
    sum += weight * min(max(load<f64>(values + (i << 3)) - median, -lossParameter), lossParameter);
    total += weight;
  }
  return sum / total;
}
