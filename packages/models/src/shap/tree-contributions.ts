import type { Attribution, Table } from '@churn/core';
import { type Binning, rowCodes } from '../trees/binning.js';
import { LEAF_COLUMN } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';
import { plainShapEngine } from './plain-shap-engine.js';
import { ShapTree, type TreeStart } from './shap-tree.js';
import { wasmShapEngine } from './wasm-shap-engine.js';

/**
 * What the features add to each of the sums of a list of trees: exact SHAP values, by the paths of the training rows (Lundberg et al.,
 * "From local explanations to global understanding with explainable AI for trees", 2020, whose path-dependent values these are;
 * `ShapTree` tells how they are found, in time of the nodes of all trees times the features on a path).
 */
export function treeContributions(binning: Binning, trees: TreeList, x: Table, nSums: number): Attribution[] {
  const { nFeatures, nOutputs } = trees.shape;
  const codes = rowCodes(binning.codes(x));
  const contributions = Array.from({ length: nSums }, () =>
    Array.from({ length: nFeatures }, () => new Float64Array(x.nRows)),
  );
  const baselines = new Float64Array(nSums);
  const engine = wasmShapEngine() ?? plainShapEngine();
  const starts = startsOf(trees);
  // One tree after the other: what a tree needs is many times its own size.
  trees.arrays.nodesPerTree.forEach((nNodes, t) => {
    const tree = new ShapTree(engine, trees, nNodes, starts[t]);
    const firstSum = nOutputs === 1 ? t % nSums : 0;
    tree.expectedValues.forEach((value, k) => {
      baselines[firstSum + k] += value;
    });
    for (let row = 0; row < x.nRows; row++) {
      const found = tree.explain(codes, row);
      for (let k = 0, at = 0; k < nOutputs; k++) {
        const ofSum = contributions[firstSum + k];
        for (let j = 0; j < nFeatures; j++, at++) ofSum[j][row] += found[at];
      }
    }
  });
  return contributions.map((ofSum, k) => ({ contributions: ofSum, baseline: baselines[k] }));
}

/** Where each tree of a list begins. */
function startsOf({ arrays, shape }: TreeList): TreeStart[] {
  const { columns, nodesPerTree } = arrays;
  const { nFeatures, isCategory = () => false } = shape;
  let [start, leaf, set] = [0, 0, 0];
  return Array.from(nodesPerTree, (nNodes) => {
    const first = { start, leaf, set };
    for (const end = start + nNodes; start < end; start++) {
      if (columns[start] === LEAF_COLUMN) leaf++;
      else if (isCategory(columns[start] % nFeatures)) set++;
    }
    return first;
  });
}
