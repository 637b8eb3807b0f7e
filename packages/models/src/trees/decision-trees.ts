import type { Binning } from './binning.js';
import { MISSING_BIN } from './bins.js';
import { LEAF_COLUMN, SET_WORDS } from './tree-arrays.js';
import type { TreeList } from './tree-list.js';

/** The nodes of a tree, the root first. */
export type DecisionTree = readonly DecisionNode[];

/** A node of a tree, in terms of values instead of bins. Children are given by their index, which is larger than that of their parent. */
export type DecisionNode =
  /** Numbers up to the threshold go left, larger ones right, and missing values as `missing` says. */
  | {
      readonly kind: 'number';
      /** The index of the feature. */
      readonly feature: number;
      readonly threshold: number;
      readonly left: number;
      readonly right: number;
      readonly missing: 'left' | 'right';
    }
  /** The listed levels go to `inside`; all others, and missing values, to `outside`. */
  | {
      readonly kind: 'text';
      readonly feature: number;
      readonly levels: readonly string[];
      readonly inside: number;
      readonly outside: number;
    }
  | { readonly kind: 'leaf'; readonly values: readonly number[] };

/** Fitted trees with thresholds and levels instead of bins, for export to other formats. */
export function decisionTrees({ features }: Binning, { arrays, shape }: TreeList): DecisionTree[] {
  const { columns, bins, sets, nodesPerTree, leafValues } = arrays;
  const { nFeatures, nOutputs } = shape;
  let node = 0;
  let nSets = 0;
  let nLeaves = 0;
  return Array.from(nodesPerTree, (nNodes) => {
    let nInner = 0;
    return Array.from({ length: nNodes }, (): DecisionNode => {
      const column = columns[node];
      const bin = bins[node++];
      if (column === LEAF_COLUMN) {
        const from = nOutputs * nLeaves++;
        return { kind: 'leaf', values: Array.from(leafValues.subarray(from, from + nOutputs)) };
      }
      const feature = column % nFeatures;
      const children = { left: 2 * nInner + 1, right: 2 * nInner + 2 };
      nInner++;
      const own = features[feature];
      if ('levels' in own) {
        const from = SET_WORDS * nSets++;
        return levelNode(feature, own.levels, sets.subarray(from, from + SET_WORDS), children);
      }
      const isMissingLeft = column >= nFeatures || bin === MISSING_BIN;
      return {
        kind: 'number',
        feature,
        // The last bin has all numbers above the edges.
        threshold: bin < own.edges.length ? own.edges[bin] : Number.MAX_VALUE,
        ...children,
        missing: isMissingLeft ? 'left' : 'right',
      };
    });
  });
}

/** @param set the bins that go right; levels without a bin, and missing values, have `MISSING_BIN`. */
function levelNode(
  feature: number,
  levels: readonly string[],
  set: Int32Array,
  { left, right }: { readonly left: number; readonly right: number },
): DecisionNode {
  const goesRight = (bin: number) => ((set[bin >> 5] >>> (bin & 31)) & 1) === 1;
  const areOthersRight = goesRight(MISSING_BIN);
  return {
    kind: 'text',
    feature,
    levels: levels.filter((_, bin) => goesRight(bin) !== areOthersRight),
    inside: areOthersRight ? left : right,
    outside: areOthersRight ? right : left,
  };
}
