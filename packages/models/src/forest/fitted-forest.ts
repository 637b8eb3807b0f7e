import {
  type Attributions,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { areShares } from '../shares.js';
import { nLeafValues } from '../trees/class-statistics.js';
import { MAX_CLASSES } from '../trees/tree-grower.js';
import type { TreeList } from '../trees/tree-list.js';
import { type Forest, forestAttributions, forestMeans, forestState, restoreForest } from './forest.js';

/** The parts of a fitted classification forest. */
export interface ClassForest extends Forest {
  readonly classes: readonly ClassLabel[];
}

const RANGES = { leafValues: { from: 0, to: 1 }, oobScore: { from: 0, to: 1 } };

/** A classification tree, or many whose probabilities are averaged. */
export class FittedForest implements FittedClassifier {
  readonly role = 'classifier';

  constructor(
    readonly type: string,
    readonly forest: ClassForest,
  ) {}

  /** @throws `model-file` if `state` is not that of a classification forest. */
  static restore(type: string, state: StateReader): FittedForest {
    const classes = state.classes('classes', MAX_CLASSES);
    const forest = restoreForest(state, nLeafValues(classes.length), RANGES);
    state.expect(haveClassShares(forest.trees), 'trees', 'of leaves whose class shares add up to 1');
    return new FittedForest(type, { classes, ...forest });
  }

  get state(): JsonObject {
    return { classes: this.classes, ...forestState(this.forest) };
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
  predictProba(x: Table): ClassProbabilities {
    const means = forestMeans(this.forest, x);
    // For two classes, leaves have the share of the second.
    const all = means.length === 1 ? [means[0].map((p) => 1 - p), means[0]] : means;
    return checkedProbabilities(x, this.features, all);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /** Exact SHAP values of the probabilities. @throws as `predictProba`. */
  attributions(x: Table): Attributions {
    return forestAttributions(this.forest, x, 'probability');
  }

  /** The share of each feature in the total impurity decrease; all 0 if no tree has a split. */
  importances(): Float64Array {
    return Float64Array.from(this.forest.importances);
  }
}

/** Whether the values of each leaf are the shares of all classes, or the share of the second of two. */
function haveClassShares({ arrays: { leafValues }, shape: { nOutputs } }: TreeList): boolean {
  if (nOutputs === 1) return true;
  for (let at = 0; at < leafValues.length; at += nOutputs) {
    if (!areShares(leafValues, at, at + nOutputs)) return false;
  }
  return true;
}
