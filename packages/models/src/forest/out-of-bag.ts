import { type Labels, square, type TargetValues } from '@churn/core';
import { rowCodes } from '../trees/binning.js';
import type { TreeList } from '../trees/tree-list.js';
import { inBag } from './draw-tree.js';
import type { GrowthSettings } from './forest-parameters.js';

/** What is told of rows by the trees that did not see them (Breiman, "Out-of-bag estimation", 1996). */
export interface OutOfBag {
  /** What the leaves of these trees add up to, an array a value of a leaf. */
  readonly sums: readonly Float64Array[];
  /** How many trees these are. */
  readonly nTrees: Int32Array;
}

export function outOfBag(
  trees: TreeList,
  codes: readonly Uint8Array[],
  weights: Float64Array,
  options: Pick<GrowthSettings, 'seed' | 'bootstrap'>,
): OutOfBag {
  const nRows = weights.length;
  const rows = rowCodes(codes);
  const { nOutputs } = trees.shape;
  const { leafValues } = trees.arrays;
  const sums = Array.from({ length: nOutputs }, () => new Float64Array(nRows));
  const nTrees = new Int32Array(nRows);
  for (let tree = 0; tree < trees.length; tree++) {
    const drawn = inBag(options, tree, weights);
    const leaves = trees.leavesOf(tree, rows, nRows);
    for (let row = 0; row < nRows; row++) {
      if (drawn[row] > 0) continue;
      nTrees[row]++;
      for (let k = 0; k < nOutputs; k++) sums[k][row] += leafValues[leaves[row] * nOutputs + k];
    }
  }
  return { sums, nTrees };
}

/** The share of rows whose class is told rightly; `null` where every tree saw every row. Rows count by their weight. */
export function oobAccuracy(
  { sums, nTrees }: OutOfBag,
  labels: Labels,
  weights: Float64Array,
): number | null {
  // Of two classes leaves have the share of the second.
  const all = sums.length === 1 ? [sums[0].map((sum, row) => nTrees[row] - sum), sums[0]] : sums;
  let right = 0;
  let total = 0;
  for (let row = 0; row < nTrees.length; row++) {
    if (nTrees[row] === 0) continue;
    const ofClass = all.map((sum) => sum[row]);
    total += weights[row];
    if (ofClass.indexOf(Math.max(...ofClass)) === labels.codes[row]) right += weights[row];
  }
  return total > 0 ? right / total : null;
}

/**
 * The share of the target's variance that is explained; `null` where every tree saw every row. Rows count by
 * their weight. For a constant target it is 1 if all predictions are exact, and 0 otherwise, as
 * scikit-learn's `r2_score` has it.
 */
export function oobR2(
  { sums, nTrees }: OutOfBag,
  { values }: TargetValues,
  weights: Float64Array,
): number | null {
  let total = 0;
  let mean = 0;
  for (let row = 0; row < nTrees.length; row++) {
    if (nTrees[row] === 0 || weights[row] === 0) continue;
    total += weights[row];
    mean += ((values[row] - mean) * weights[row]) / total;
  }
  if (total === 0) return null;
  // Squares of the target values themselves may overflow.
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  let unexplained = 0;
  let variance = 0;
  for (let row = 0; row < nTrees.length; row++) {
    if (nTrees[row] === 0) continue;
    unexplained += weights[row] * square((values[row] - sums[0][row] / nTrees[row]) / size);
    variance += weights[row] * square((values[row] - mean) / size);
  }
  if (variance === 0) return unexplained === 0 ? 1 : 0;
  return 1 - unexplained / variance;
}
