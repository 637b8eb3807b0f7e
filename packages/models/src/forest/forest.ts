import type { Attributions, NumberRange, StateReader, Table } from '@churn/core';
import { treeContributions } from '../shap/tree-contributions.js';
import { areShares } from '../shares.js';
import { Binning, type FeatureBins } from '../trees/binning.js';
import { TreeList } from '../trees/tree-list.js';

/** The parts of any fitted forest. */
export interface Forest {
  readonly binning: Binning;
  readonly trees: TreeList;
  /** The share of each feature in the total impurity decrease; they add up to 1. */
  readonly importances: readonly number[];
  /** The out-of-bag accuracy, or r², if requested. */
  readonly oobScore: number | null;
}

/** The restrictions on the state of a forest. */
export interface ForestRanges {
  /** Whether features may be categories. Default false. */
  readonly categories?: boolean;
  readonly leafValues: NumberRange;
  readonly oobScore: NumberRange;
}

/**
 * @param nOutputs the number of values of a leaf.
 * @throws `model-file` if `state` is not that of a forest.
 */
export function restoreForest(state: StateReader, nOutputs: number, ranges: ForestRanges): Forest {
  const binning = Binning.restore(state.child('binning'));
  const nFeatures = binning.features.length;
  const areRight = ranges.categories === true || binning.features.every(isNumeric);
  state.expect(areRight, 'binning', 'bins of numeric features');
  const importances = state.numbers('importances', { length: nFeatures });
  const isRight = areShares(importances) || importances.every((share) => share === 0);
  state.expect(isRight, 'importances', 'shares that add up to 1, or are all 0');
  const isCategory = (feature: number) => binning.isCategory(feature);
  const trees = TreeList.restore(
    state.child('trees'),
    { nFeatures, nOutputs, isCategory },
    ranges.leafValues,
  );
  state.expect(trees.length > 0, 'trees', 'one or more');
  const oobScore = state.get('oobScore') === null ? null : state.number('oobScore', ranges.oobScore);
  return { binning, trees, importances, oobScore };
}

/** The state from which `restoreForest` restores a forest. */
export function forestState({ binning, trees, importances, oobScore }: Forest) {
  return { binning: binning.state, trees: trees.state, importances, oobScore };
}

/** The mean over the trees of each value of the leaf that a row falls into. */
export function forestMeans({ binning, trees }: Forest, x: Table): Float64Array[] {
  const sums = trees.sums(binning.codes(x), x.nRows);
  return sums.map((sum) => sum.map((value) => value / trees.length));
}

/** Exact SHAP values of the result of `forestMeans`. */
export function forestAttributions(
  { binning, trees }: Forest,
  x: Table,
  unit: Attributions['unit'],
): Attributions {
  const outputs = treeContributions(binning, trees, x, trees.shape.nOutputs);
  return {
    unit,
    outputs: outputs.map(({ baseline, contributions }) => ({
      baseline: baseline / trees.length,
      contributions: contributions.map((values) => values.map((value) => value / trees.length)),
    })),
  };
}

function isNumeric(feature: FeatureBins): boolean {
  return 'edges' in feature;
}
