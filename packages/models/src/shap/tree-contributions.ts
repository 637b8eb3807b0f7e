import type { Attribution, Table } from '@churn/core';
import type { Binning } from '../trees/binning.js';
import { MISSING_BIN } from '../trees/bins.js';
import type { TreeList } from '../trees/tree-list.js';
import { requireMemory } from '../wasm-module.js';
import { plainShapEngine } from './plain-shap-engine.js';
import type { ShapSizes } from './shap-engine.js';
import { ShapTree } from './shap-tree.js';
import { startsOf } from './tree-nodes.js';
import { wasmShapEngine } from './wasm-shap-engine.js';

/** The maximum number of rows that are explained together. */
const MAX_ROWS = 4096;
/** The maximum memory of the rows in bytes, unless that is too little for a few rows. */
const ROW_BYTES = 2 ** 27;

/** The number of states that an engine processes at a time. */
const STATES = 32;

/**
 * The contributions of features to each of the sums of a list of trees: exact path-dependent SHAP values (Lundberg et al., "From local
 * explanations to global understanding with explainable AI for trees", 2020; the algorithm is described at `ShapTree`). Many rows at once
 * take less time per row and have the same values.
 */
export function treeContributions(
  binning: Pick<Binning, 'codes'>,
  trees: TreeList,
  x: Table,
  nSums: number,
): Attribution[] {
  const { nOutputs, sources } = trees.shape;
  const nFeatures = sources?.count ?? trees.shape.nFeatures;
  const codes = columnCodes(binning.codes(x));
  const contributions = Array.from({ length: nSums }, () =>
    Array.from({ length: nFeatures }, () => new Float64Array(x.nRows)),
  );
  const baselines = new Float64Array(nSums);
  const engine = wasmShapEngine() ?? plainShapEngine();
  let t = 0;
  for (const tree of shapTrees(trees)) {
    const firstSum = nOutputs === 1 ? t++ % nSums : 0;
    tree.expectedValues.forEach((value, k) => {
      baselines[firstSum + k] += value;
    });
    const sizes = { ...tree.sizes, nColumns: codes.length, nOutputs, nFound: nOutputs * nFeatures };
    const most = maxRows(sizes);
    for (let from = 0; from < x.nRows; from += most) {
      const count = Math.min(most, x.nRows - from);
      const nRows = 16 * Math.ceil(count / 16);
      const arrays = engine.setUp({ ...sizes, nRows });
      codes.forEach((column, j) => {
        arrays.codes.set(column.subarray(from, from + count), j * nRows);
        arrays.codes.fill(column[from], j * nRows + count, (j + 1) * nRows);
      });
      tree.explain(engine, arrays, sizes.nPoints);
      for (let k = 0, at = 0; k < nOutputs; k++) {
        for (const ofFeature of contributions[firstSum + k]) {
          for (let row = 0; row < count; row++) ofFeature[from + row] += arrays.found[at + row];
          at += nRows;
        }
      }
    }
  }
  return contributions.map((ofSum, k) => ({ contributions: ofSum, baseline: baselines[k] }));
}

/** The number of rows of an engine. @throws `invalid-data` if the tree leaves no memory for rows. */
function maxRows({
  nFlags,
  nEdges,
  nNodes,
  nPoints,
  nColumns,
  nOutputs,
  nFound,
}: Omit<ShapSizes, 'nRows'>): number {
  const bytesOfRow = nColumns + 8 * nFound + nFlags + 8 * nOutputs * nEdges + 14;
  const most = Math.max(16, Math.min(MAX_ROWS, 16 * Math.floor(ROW_BYTES / bytesOfRow / 16)));
  const perState = 8 * (nEdges + 2 * nNodes * nPoints);
  requireMemory(most * bytesOfRow + STATES * perState + 24 * nEdges * nPoints + 2 ** 22);
  return most;
}

/** The bins of the rows in all columns of trees: first with missing values as the last bin, then as the first. */
export function columnCodes(codes: readonly Uint8Array[]): Uint8Array[] {
  return [...codes, ...codes.map((column) => column.map((code) => (code === MISSING_BIN ? 0 : code)))];
}

/**
 * Prepared trees of up to this many nodes are cached, since preparing takes longer than explaining one row; a node takes about 50 bytes.
 */
const MAX_KEPT_NODES = 2 ** 20;
const kept = new WeakMap<TreeList, readonly ShapTree[]>();

/** The trees of a list, prepared one by one unless cached. */
function* shapTrees(trees: TreeList): Iterable<ShapTree> {
  const known = kept.get(trees);
  if (known) {
    yield* known;
    return;
  }
  const { nodesPerTree, columns } = trees.arrays;
  const made: ShapTree[] = [];
  for (const [t, at] of startsOf(trees).entries()) {
    const tree = new ShapTree(trees, nodesPerTree[t], at);
    if (columns.length <= MAX_KEPT_NODES) made.push(tree);
    yield tree;
  }
  if (made.length > 0) kept.set(trees, made);
}
