import {
  type Attributions,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  type FitOptions,
  type FittedClassifier,
  type JsonObject,
  type Labels,
  requireParameter,
  type Table,
  type TableSchema,
} from '@churn/core';
import { crossValPredict } from './cross-val-predict.js';
import { StratifiedKFold } from './splitters/stratified-k-fold.js';

/** How a classifier is asked about rows that it was not fitted on. */
interface HeldOut {
  readonly classifier: Classifier;
  /** The number of folds. */
  readonly cv: number;
  readonly seed: number;
}

/** The probabilities of the second class that a classifier gives to each row while it is fitted without the fold of the row. */
export function heldOutProbabilities(
  { classifier, cv, seed }: HeldOut,
  x: Table,
  y: Labels,
  options: FitOptions,
): Float64Array {
  const folds = new StratifiedKFold({ nSplits: cv, shuffle: true, seed });
  const [, probabilities] = crossValPredict(classifier, x, y, { ...options, cv: folds });
  return probabilities;
}

/** The classifier for who needs probabilities alone, which do not depend on thresholds. */
export function withoutThresholds(classifier: Classifier): Classifier {
  return (classifier.forOrder?.() as Classifier | undefined) ?? classifier;
}

/** A fitted two-class classifier that predicts the positive class from a threshold on, and otherwise delegates to another one. */
export abstract class FittedDecidingClassifier<F extends FittedClassifier = FittedClassifier>
  implements FittedClassifier
{
  readonly role = 'classifier';
  abstract readonly type: string;
  /** Those of the classifier, if it has them and takes all features. */
  readonly attributions?: (x: Table) => Attributions;
  /** Those of the classifier, if it has them and takes all features. */
  readonly importances?: () => Float64Array;

  /** @param classifier fitted on all rows. @param takesAll whether its features are those of this one. */
  constructor(
    readonly classifier: F,
    takesAll = true,
  ) {
    requireParameter(classifier?.role === 'classifier', 'classifier', 'a fitted classifier', classifier);
    if (!takesAll) return;
    if (classifier.attributions) this.attributions = classifier.attributions.bind(classifier);
    if (classifier.importances) this.importances = classifier.importances.bind(classifier);
  }

  abstract get state(): JsonObject;

  /** The threshold of each row, from which it is predicted positive. */
  abstract thresholdsOf(x: Table): ArrayLike<number>;

  get classes(): readonly ClassLabel[] {
    return this.classifier.classes;
  }

  get features(): readonly string[] {
    return this.classifier.features;
  }

  get schema(): TableSchema | undefined {
    return this.classifier.schema;
  }

  predictProba(x: Table): ClassProbabilities {
    return this.classifier.predictProba(x);
  }

  /**
   * The second class for rows of at least their threshold, the first for others.
   * @throws as `predictProba` and `thresholdsOf`.
   */
  predict(x: Table): ClassLabel[] {
    const [, probabilities] = this.predictProba(x);
    const thresholds = this.thresholdsOf(x);
    return Array.from(probabilities, (p, row) => this.classes[p >= thresholds[row] ? 1 : 0]);
  }
}
