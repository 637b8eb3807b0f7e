import {
  type Classifier,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  type LabelsLike,
  numberParameter,
  parameter,
  type Restorable,
  readOptions,
  required,
  requireSpecification,
  restorePart,
  type StateReader,
  savedPart,
  type Table,
  twoClassLabels,
  withDefault,
} from '@churn/core';
import { isAnything } from './cross-val-options.js';
import { FittedDecidingClassifier, heldOutProbabilities, withoutThresholds } from './deciding-classifier.js';
import { NOBODY } from './nobody.js';
import { requireRule, type ThresholdRule, tuneThreshold } from './tune-threshold.js';

const parameters = {
  classifier: required(parameter<Classifier>('an unfitted classifier', isAnything)),
  rule: withDefault(parameter<ThresholdRule>('a rule', isAnything), { maximise: 'f1' }),
  cv: withDefault(integerParameter({ from: 2 }), 5),
  seed: withDefault(numberParameter(), 0),
};

export interface ThresholdClassifierOptions<F extends FittedClassifier = FittedClassifier> {
  /** The inner classifier; a `Pipeline` is allowed. */
  readonly classifier: Classifier<F>;
  /** The rule by which the threshold is chosen; see `tuneThreshold`. Default `{ maximise: 'f1' }`. */
  readonly rule?: ThresholdRule;
  /** The number of folds, at least 2. Default 5. */
  readonly cv?: number;
  /** The seed of the folds. Default 0. */
  readonly seed?: number;
}

/**
 * A two-class classifier with a decision threshold chosen by a rule, instead of one half (scikit-learn's `TunedThresholdClassifierCV`).
 *
 * Each row is scored by a model fitted without its fold, the threshold is chosen on these probabilities, and the classifier is refitted
 * on all rows. Probabilities remain those of the classifier.
 *
 * ```ts
 * const model = new ThresholdClassifier({ classifier: pipeline, rule: { costs: { falsePositive: 1, falseNegative: 5 } } });
 * await loadModel(file, [ThresholdClassifier, StandardScaler, LogisticRegression]);
 * ```
 */
export class ThresholdClassifier<F extends FittedClassifier = FittedClassifier>
  implements Classifier<FittedThresholdClassifier<F>>
{
  readonly role = 'classifier';
  static readonly type = 'ThresholdClassifier';
  static readonly parameters = parameters;
  readonly classifier: Classifier<F>;
  readonly rule: ThresholdRule;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter; the numbers of a rule are read when it is used. */
  constructor(options: ThresholdClassifierOptions<F>) {
    const { classifier, rule, cv, seed } = readOptions(parameters, options);
    requireSpecification(classifier, 'classifier', ['classifier']);
    requireRule(rule);
    this.classifier = classifier as Classifier<F>;
    this.rule = rule;
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if the state is not one of a threshold classifier, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedThresholdClassifier {
    const classifier = restorePart(state.child('classifier'), classes, 'classifier');
    const isOfTwo = classifier.classes.length === 2;
    state.expect(isOfTwo, 'classifier', 'a classifier of two classes');
    return new FittedThresholdClassifier(classifier, state.number('threshold', { from: 0, to: NOBODY }));
  }

  /** Without the threshold, which probabilities do not depend on. */
  forOrder(): Classifier {
    return withoutThresholds(this.classifier);
  }

  /**
   * Sample weights apply to the classifier and to the choice of the threshold.
   *
   * @throws `invalid-target` unless there are rows of two classes, and enough for the folds; `invalid-parameter` if no threshold meets
   * the rule, or it cannot be read; and the errors of the classifier.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedThresholdClassifier<F> {
    const labels = twoClassLabels(y, x);
    const probabilities = heldOutProbabilities(this, x, labels, options);
    const { threshold } = tuneThreshold(labels, probabilities, this.rule, options);
    return new FittedThresholdClassifier(this.classifier.fit(x, labels, options), threshold);
  }
}

/** A fitted two-class classifier with its decision threshold. */
export class FittedThresholdClassifier<
  F extends FittedClassifier = FittedClassifier,
> extends FittedDecidingClassifier<F> {
  readonly type = ThresholdClassifier.type;

  constructor(
    /** Fitted on all rows. */
    classifier: F,
    readonly threshold: number,
  ) {
    super(classifier);
  }

  get state(): JsonObject {
    return { threshold: this.threshold, classifier: savedPart(this.classifier) };
  }

  /** The same for all rows. */
  thresholdsOf(x: Table): Float64Array {
    return new Float64Array(x.nRows).fill(this.threshold);
  }
}
