import type { Labels } from '@churn/core';
import { rowCodes } from '../trees/binning.js';
import type { TreeList } from '../trees/tree-list.js';
import { inBag } from './draw-tree.js';
import type { ForestSettings } from './forest-parameters.js';

/**
 * The share of rows that a forest tells the class of rightly by those of its trees that did not see them; `null` where every tree
 * saw every row (Breiman, "Out-of-bag estimation", 1996). Rows count by their weight.
 */
export function oobAccuracy(
  trees: TreeList,
  codes: readonly Uint8Array[],
  labels: Labels,
  weights: Float64Array,
  options: ForestSettings,
): number | null {
  const nRows = labels.length;
  const rows = rowCodes(codes);
  const nClasses = labels.classes.length;
  const sums = new Float64Array(nRows * nClasses);
  const { leafValues } = trees.arrays;
  for (let tree = 0; tree < trees.length; tree++) {
    const drawn = inBag(options, tree, weights);
    const leaves = trees.leavesOf(tree, rows, nRows);
    for (let row = 0; row < nRows; row++) {
      if (drawn[row] > 0) continue;
      if (trees.shape.nOutputs === 1) {
        sums[2 * row] += 1 - leafValues[leaves[row]];
        sums[2 * row + 1] += leafValues[leaves[row]];
        continue;
      }
      for (let k = 0; k < nClasses; k++) sums[row * nClasses + k] += leafValues[leaves[row] * nClasses + k];
    }
  }
  let right = 0;
  let all = 0;
  for (let row = 0; row < nRows; row++) {
    const ofClass = sums.subarray(row * nClasses, (row + 1) * nClasses);
    const highest = Math.max(...ofClass);
    if (highest === 0) continue;
    all += weights[row];
    if (ofClass.indexOf(highest) === labels.codes[row]) right += weights[row];
  }
  return all > 0 ? right / all : null;
}
