import {
  ChurnError,
  type ClassLabel,
  checkedProbabilities,
  type FittedClassifier,
  isClassLabel,
  isNumber,
  isNumberOrNull,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
} from '@churn/core';
import { Binning } from '../trees/binning.js';
import { nLeafValues } from '../trees/class-trees.js';
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
  constructor(
    readonly type: string,
    readonly forest: Forest,
  ) {}

  /** @throws `model-file` where `state` is not that of a forest. */
  static restore(type: string, state: StateReader): FittedForest {
    const classes = state.list('classes', isClassLabel);
    const binning = Binning.restore(state.child('binning'));
    const importances = state.list('importances', isNumber);
    const nFeatures = binning.features.length;
    if (classes.length < 2 || importances.length !== nFeatures) {
      throw new ChurnError(
        'model-file',
        `${type}: expected two or more classes, and an importance a feature`,
      );
    }
    const trees = TreeList.restore(state.child('trees'), {
      nFeatures,
      nOutputs: nLeafValues(classes.length),
    });
    const oobScore = state.get('oobScore');
    if (!isNumberOrNull(oobScore) || trees.length === 0) {
      throw new ChurnError(
        'model-file',
        `${type}: expected a tree or more, and "oobScore" to be a number or null`,
      );
    }
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

  /** The mean over the trees of the share of each class in the leaf that a row falls into. */
  predictProba(x: Table): Float64Array[] {
    const { binning, trees } = this.forest;
    const sums = trees.sums(binning.codes(x), x.nRows);
    return checkedProbabilities(x, this.features, averaged(sums, trees.length));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

/** The probabilities of all classes from the sums of leaf values; these may leave out the first of two. */
function averaged(sums: readonly Float64Array[], nTrees: number): Float64Array[] {
  const means = sums.map((sum) => sum.map((value) => value / nTrees));
  return means.length === 1 ? [means[0].map((p) => 1 - p), means[0]] : means;
}
