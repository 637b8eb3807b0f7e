import type { Binning } from './binning.js';
import { MISSING_BIN } from './bins.js';
import { LEAF_COLUMN, SET_WORDS } from './tree-arrays.js';
import type { TreeList } from './tree-list.js';

/** The nodes of a tree, the root first. */
export type DecisionTree = readonly DecisionNode[];

/** A node of a tree in terms of values, not of bins; nodes name others by their places, which come later. */
export type DecisionNode =
  /** Numbers up to the threshold go left, larger ones right, and missing ones as it says. */
  | {
      readonly kind: 'number';
      /** The place of the feature among those of the binning. */
      readonly feature: number;
      readonly threshold: number;
      readonly left: number;
      readonly right: number;
      readonly missing: 'left' | 'right';
    }
  /** The levels listed go to `inside`; all others, and missing ones, to `outside`. */
  | {
      readonly kind: 'text';
      readonly feature: number;
      readonly levels: readonly string[];
      readonly inside: number;
      readonly outside: number;
    }
  | { readonly kind: 'leaf'; readonly values: readonly number[] };

/** Fitted trees with thresholds and levels instead of bins, for whoever writes them in another form. */
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
        // The last bin holds all numbers beyond the edges.
        threshold: bin < own.edges.length ? own.edges[bin] : Number.MAX_VALUE,
        ...children,
        missing: isMissingLeft ? 'left' : 'right',
      };
    });
  });
}

/** @param set the bins that go right; a level without a bin, and a missing one, has `MISSING_BIN`. */
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
