import type { Table } from '@churn/core';
import type { FittedGradientBoosting } from '../boosting/fitted-gradient-boosting.js';
import type { FittedForest } from '../forest/fitted-forest.js';
import { type Binning, rowCodes } from '../trees/binning.js';
import { LEAF_COLUMN, SET_WORDS, type TreeList } from '../trees/tree-list.js';
import { ShapPath } from './shap-path.js';
import type { ShapValues } from './shap-values.js';

/**
 * The exact SHAP values of a model of trees, by the paths of its own training rows: what each feature adds to the scores of each row
 * (Lundberg et al., "From local explanations to global understanding with explainable AI for trees", 2020, algorithm 2; in time
 * of the leaves of all trees times the square of their depth).
 *
 * The scores of a forest or a tree are probabilities; those of boosting are its raw scores, log-odds for two classes. For two classes
 * there is one result, for the second class; for more there is one a class. The contributions of a row and the expected value add
 * up to its score.
 *
 * @throws as the model's `predictProba`.
 */
export function treeShap(model: FittedForest | FittedGradientBoosting, x: Table): ShapValues[] {
  if ('forest' in model) {
    const { binning, trees } = model.forest;
    return contributionsOf(binning, trees, x, trees.shape.nOutputs).map(
      ({ contributions, expectedValue }) => ({
        contributions: contributions.map((values) => values.map((value) => value / trees.length)),
        expectedValue: expectedValue / trees.length,
      }),
    );
  }
  const { binning, trees, baseScores } = model.boosted;
  return contributionsOf(binning, trees, x, baseScores.length).map(({ contributions, expectedValue }, k) => ({
    contributions,
    expectedValue: expectedValue + baseScores[k],
  }));
}

/** What the features add to each of the sums of a list of trees. */
function contributionsOf(binning: Binning, trees: TreeList, x: Table, nSums: number): ShapValues[] {
  const { nFeatures, nOutputs } = trees.shape;
  const codes = rowCodes(binning.codes(x));
  const sums = Array.from({ length: nSums }, () => ({
    contributions: Array.from({ length: nFeatures }, () => new Float64Array(x.nRows)),
    expectedValue: 0,
  }));
  const found = new Float64Array(nOutputs * nFeatures);
  treesOf(trees).forEach((tree, t) => {
    const path = new ShapPath(tree.depth + 1, nFeatures);
    const sumOf = (output: number) => sums[nOutputs === 1 ? t % nSums : output];
    for (let output = 0; output < nOutputs; output++) {
      sumOf(output).expectedValue += expectedValue(tree, output);
    }
    const goesRight = new Uint8Array(tree.features.length);
    for (let row = 0; row < x.nRows; row++) {
      decide(tree, trees, codes, row, goesRight);
      path.explain(tree, goesRight, found.fill(0));
      for (let i = 0; i < found.length; i++) {
        sumOf(Math.floor(i / nFeatures)).contributions[i % nFeatures][row] += found[i];
      }
    }
  });
  return sums;
}

/** A tree with what the algorithm asks of its nodes. */
export interface ShapTree {
  readonly start: number;
  readonly depth: number;
  /** The feature of each node, or -1 for a leaf. */
  readonly features: Int32Array;
  /** The left child of each node; the right one is the next. */
  readonly lefts: Int32Array;
  /** The weight of the training rows in each node. */
  readonly covers: Float64Array;
  /** The values of each node that is a leaf, those of a node side by side. */
  readonly values: Float64Array;
  /** The set of each node that splits a category column. */
  readonly sets: Int32Array;
}

function treesOf({ arrays, shape }: TreeList): ShapTree[] {
  const { columns, nodesPerTree, leafValues, leafWeights } = arrays;
  const { nFeatures, nOutputs, isCategory = () => false } = shape;
  let start = 0;
  let leaf = 0;
  let set = 0;
  return Array.from(nodesPerTree, (nNodes) => {
    const features = new Int32Array(nNodes).fill(-1);
    const lefts = new Int32Array(nNodes);
    const covers = new Float64Array(nNodes);
    const values = new Float64Array(nNodes * nOutputs);
    const sets = new Int32Array(nNodes);
    const depths = new Int32Array(nNodes);
    let left = 1;
    for (let node = 0; node < nNodes; node++) {
      const column = columns[start + node];
      if (column === LEAF_COLUMN) {
        covers[node] = leafWeights[leaf];
        for (let k = 0; k < nOutputs; k++) values[node * nOutputs + k] = leafValues[leaf * nOutputs + k];
        leaf++;
        continue;
      }
      features[node] = column % nFeatures;
      if (isCategory(features[node])) sets[node] = set++;
      lefts[node] = left;
      depths[left] = depths[node] + 1;
      depths[left + 1] = depths[node] + 1;
      left += 2;
    }
    for (let node = nNodes - 1; node >= 0; node--) {
      if (features[node] >= 0) covers[node] = covers[lefts[node]] + covers[lefts[node] + 1];
    }
    const tree = { start, depth: Math.max(...depths), features, lefts, covers, values, sets };
    start += nNodes;
    return tree;
  });
}

/** Writes for each node of a tree whether a row goes right there. */
function decide(
  { start, features, sets }: ShapTree,
  { arrays, shape }: TreeList,
  codes: Uint8Array,
  row: number,
  goesRight: Uint8Array,
): void {
  const { columns, bins } = arrays;
  const { nFeatures, isCategory } = shape;
  const from = row * 2 * nFeatures;
  for (let node = 0; node < features.length; node++) {
    const feature = features[node];
    if (feature < 0) continue;
    const code = codes[from + columns[start + node]];
    if (isCategory?.(feature)) {
      goesRight[node] = (arrays.sets[SET_WORDS * sets[node] + (code >> 5)] >>> (code & 31)) & 1;
    } else goesRight[node] = Number(code > bins[start + node]);
  }
}

function expectedValue({ features, covers, values }: ShapTree, output: number): number {
  const nOutputs = values.length / features.length;
  let sum = 0;
  for (let node = 0; node < features.length; node++) {
    if (features[node] < 0) sum += (covers[node] / covers[0]) * values[node * nOutputs + output];
  }
  return sum;
}
