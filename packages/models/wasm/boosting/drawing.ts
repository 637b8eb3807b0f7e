// AssemblyScript. Draws the rows and features that the splits of a tree are based on.

import { fork, nextPiece } from '../threads';
import {
  BLOCK,
  drawn,
  gradients,
  hasUnweighted,
  nFeatures,
  nNodeFeatures,
  nodeFeatures,
  nRows,
  nTreeFeatures,
  rows,
  rowWeights,
  subsample,
  temperature,
  treeFeatures,
  treeSeed,
} from './memory';
import { seedBy, uniform } from './random';

const ROWS: u32 = 1;
const WEIGHTS: u32 = 2;
const FEATURES: u32 = 3;
/** Nodes are numbered after the purposes. */
const NODES: u32 = 16;

/** Draws the rows of the tree into `rows`, and returns their number. */
export function drawRows(): i32 {
  if (!hasUnweighted && subsample >= 1) {
    fork(takeBlocks, 0, nRows > BLOCK);
    return nRows;
  }
  let nWeighted = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<f64>(rowWeights + ((<usize>row) << 3)) == 0) continue;
    store<i32>(rows + ((<usize>nWeighted) << 2), row);
    nWeighted++;
  }
  if (subsample >= 1) return nWeighted;
  // A uniform sample without replacement (Knuth, "The Art of Computer Programming", 3.4.2, S).
  const nWanted = max(1, <i32>Math.round(subsample * <f64>nWeighted));
  seedBy(treeSeed, ROWS);
  let nDrawn = 0;
  for (let i = 0; nDrawn < nWanted; i++) {
    if (uniform() * <f64>(nWeighted - i) >= <f64>(nWanted - nDrawn)) continue;
    store<i32>(rows + ((<usize>nDrawn) << 2), load<i32>(rows + ((<usize>i) << 2)));
    nDrawn++;
  }
  return nDrawn;
}

function takeBlocks(_: i32, thread: i32, nThreads: i32): void {
  for (let start = BLOCK * nextPiece(); start < nRows; start = BLOCK * nextPiece()) {
    for (let row = start; row < min(start + BLOCK, nRows); row++) store<i32>(rows + ((<usize>row) << 2), row);
  }
}

/** The gradients of an output that the splits of the tree are based on. */
export function drawGradients(output: i32, nDrawn: i32): usize {
  const gradient = gradients + 16 * <usize>output * nRows;
  if (temperature == 0) return gradient;
  // The Bayesian bootstrap (Rubin, 1981): weights from the exponential distribution, to the power of the temperature.
  seedBy(treeSeed, WEIGHTS);
  for (let i = 0; i < nDrawn; i++) {
    const at = (<usize>load<i32>(rows + ((<usize>i) << 2))) << 4;
    const weight = -Math.log(uniform());
    const power = temperature == 1 ? weight : Math.pow(weight, temperature);
    v128.store(drawn + at, f64x2.mul(v128.load(gradient + at), f64x2.splat(power)));
  }
  return drawn;
}

/** Draws the features of the tree. */
export function drawTreeFeatures(): void {
  for (let i = 0; i < nFeatures; i++) store<i32>(treeFeatures + ((<usize>i) << 2), i);
  if (nTreeFeatures == nFeatures) return;
  seedBy(treeSeed, FEATURES);
  drawFirst(treeFeatures, nFeatures, nTreeFeatures);
}

/** Draws the features of a node or a level from those of the tree, by a generator seeded with its number. */
export function drawNodeFeatures(node: i32): void {
  seedBy(treeSeed, NODES + node);
  memory.copy(nodeFeatures, treeFeatures, 4 * <usize>nTreeFeatures);
  if (nNodeFeatures < nTreeFeatures) drawFirst(nodeFeatures, nTreeFeatures, nNodeFeatures);
}

/** Moves a uniform sample of a list to its start, in the order of the list. */
function drawFirst(list: usize, length: i32, nWanted: i32): void {
  let nDrawn = 0;
  for (let i = 0; nDrawn < nWanted; i++) {
    if (uniform() * <f64>(length - i) >= <f64>(nWanted - nDrawn)) continue;
    store<i32>(list + ((<usize>nDrawn) << 2), load<i32>(list + ((<usize>i) << 2)));
    nDrawn++;
  }
}
