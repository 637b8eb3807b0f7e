import { type Labels, square, type TargetValues } from '@churn/core';
import { rowCodes } from '../trees/binning.js';
import type { TreeList } from '../trees/tree-list.js';
import { inBag } from './draw-tree.js';
import type { GrowthSettings } from './forest-parameters.js';

/** The predictions for rows by the trees grown without them (Breiman, "Out-of-bag estimation", 1996). */
export interface OutOfBag {
  /** The sums of the leaf values of these trees, one array per value of a leaf. */
  readonly sums: readonly Float64Array[];
  /** The number of these trees. */
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

/** The weighted share of rows whose class is predicted correctly; `null` if every tree was grown on every row. */
export function oobAccuracy(
  { sums, nTrees }: OutOfBag,
  labels: Labels,
  weights: Float64Array,
): number | null {
  // For two classes, leaves have the share of the second.
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
 * The weighted share of the target's variance that is explained; `null` if every tree was grown on every row. For a constant target, it is
 * 1 if all predictions are exact and otherwise 0, like scikit-learn's `r2_score`.
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
  // Squares of unscaled targets may overflow.
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
