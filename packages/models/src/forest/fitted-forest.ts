import {
  type Attributions,
  type ClassLabel,
  checkedProbabilities,
  type FittedClassifier,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { treeContributions } from '../shap/tree-contributions.js';
import { areShares } from '../shares.js';
import { Binning, type FeatureBins } from '../trees/binning.js';
import { nLeafValues } from '../trees/class-trees.js';
import { MOST_CLASSES } from '../trees/tree-grower.js';
import { TreeList } from '../trees/tree-list.js';

/** What a fitted forest consists of. */
export interface Forest {
  readonly classes: readonly ClassLabel[];
  readonly binning: Binning;
  readonly trees: TreeList;
  /** The share of each feature in what the splits lower the impurity by; they add up to 1. */
  readonly importances: readonly number[];
  /** The accuracy on the rows that the trees did not see, where it was asked for. */
  readonly oobScore: number | null;
}

/** A decision tree, or many of them whose probabilities are averaged. */
export class FittedForest implements FittedClassifier {
  readonly role = 'classifier';

  constructor(
    readonly type: string,
    readonly forest: Forest,
  ) {}

  /** @throws `model-file` where `state` is not that of a forest. */
  static restore(type: string, state: StateReader): FittedForest {
    const classes = state.classes('classes', MOST_CLASSES);
    const binning = Binning.restore(state.child('binning'));
    const nFeatures = binning.features.length;
    state.expect(binning.features.every(isNumeric), 'binning', 'bins of numeric features');
    const importances = state.numbers('importances', { length: nFeatures });
    const isRight = areShares(importances) || importances.every((share) => share === 0);
    state.expect(isRight, 'importances', 'shares that add up to 1, or are all 0');
    const nOutputs = nLeafValues(classes.length);
    const trees = TreeList.restore(state.child('trees'), { nFeatures, nOutputs }, { from: 0, to: 1 });
    state.expect(trees.length > 0, 'trees', 'one or more');
    state.expect(haveClassShares(trees), 'trees', 'of leaves whose class shares add up to 1');
    const oobScore = state.get('oobScore') === null ? null : state.number('oobScore', { from: 0, to: 1 });
    return new FittedForest(type, { classes, binning, trees, importances, oobScore });
  }

  get state(): JsonObject {
    const { classes, binning, trees, importances, oobScore } = this.forest;
    return { classes, binning: binning.state, trees: trees.state, importances, oobScore };
  }

  get classes(): readonly ClassLabel[] {
    return this.forest.classes;
  }

  get features(): readonly string[] {
    return this.forest.binning.names;
  }

  get schema(): TableSchema {
    return this.forest.binning.schema;
  }

  /** The mean over the trees of the share of each class in the leaf that a row falls into. */
  predictProba(x: Table): Float64Array[] {
    const { binning, trees } = this.forest;
    const sums = trees.sums(binning.codes(x), x.nRows);
    return checkedProbabilities(x, this.features, averaged(sums, trees.length));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /** Exact SHAP values of the probabilities. @throws as `predictProba`. */
  attributions(x: Table): Attributions {
    const { binning, trees } = this.forest;
    const outputs = treeContributions(binning, trees, x, trees.shape.nOutputs);
    return {
      unit: 'probability',
      outputs: outputs.map(({ baseline, contributions }) => ({
        baseline: baseline / trees.length,
        contributions: contributions.map((values) => values.map((value) => value / trees.length)),
      })),
    };
  }

  /** The share of each feature in what the splits lower the impurity by; all 0 where no tree has a split. */
  importances(): Float64Array {
    return Float64Array.from(this.forest.importances);
  }
}

function isNumeric(feature: FeatureBins): boolean {
  return 'edges' in feature;
}

/** Whether the values of each leaf are the shares of all classes; of two there is one share, and that of the other follows. */
function haveClassShares({ arrays: { leafValues }, shape: { nOutputs } }: TreeList): boolean {
  if (nOutputs === 1) return true;
  for (let at = 0; at < leafValues.length; at += nOutputs) {
    if (!areShares(leafValues, at, at + nOutputs)) return false;
  }
  return true;
}

/** The probabilities of all classes from the sums of leaf values; these may leave out the first of two. */
function averaged(sums: readonly Float64Array[], nTrees: number): Float64Array[] {
  const means = sums.map((sum) => sum.map((value) => value / nTrees));
  return means.length === 1 ? [means[0].map((p) => 1 - p), means[0]] : means;
}
