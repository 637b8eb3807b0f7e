import {
  ChurnError,
  type Classifier,
  type ClassLabel,
  classifierParameter,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  numberParameter,
  type OptionsOf,
  Random,
  type Restorable,
  readOptions,
  required,
  type StateReader,
  savedPart,
  type Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { experimentOf } from '../experiment.js';
import { areBinary, type OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { treatmentParameters } from './learner-parameters.js';
import { fitLearner, restoreLearner } from './outcome-model.js';
import { armFolds, crossFittedPropensities, propensityParameter } from './propensity.js';

const parameters = {
  ...treatmentParameters,
  /** The classifier of the transformed class. It must support sample weights unless the propensity is 0.5. */
  learner: required(classifierParameter()),
  /** The probability of the treatment, or a classifier that estimates it. Default: the share of treated rows. */
  propensity: propensityParameter(),
  /** The number of folds for cross-fitting propensities, at least 2. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type ClassTransformationOptions = OptionsOf<typeof parameters>;

/**
 * Class transformation: one classifier of a transformed class, positive for treated rows of the second class and control rows of the
 * first (Jaskowski and Jaroszewicz, "Uplift modeling for clinical trial data", 2012). With rows weighted by inverse propensities, the
 * uplift is twice its probability minus 1. Outcomes are of two classes.
 *
 * ```ts
 * const model = new ClassTransformation({ treatment: 'offer', control: 'none', learner: new LogisticRegression() });
 * model.fit(customers, stayed).predictUplift(customers);
 * ```
 */
export class ClassTransformation implements UpliftModel<FittedClassTransformation> {
  readonly role = 'regressor';
  static readonly type = 'ClassTransformation';
  static readonly parameters = parameters;
  /** Everything that the inner model accepts. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly learner: Classifier;
  readonly propensity: number | Classifier | undefined;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: ClassTransformationOptions) {
    const { treatment, control, learner, propensity, cv, seed } = readOptions(parameters, options);
    this.treatment = treatment;
    this.control = control;
    this.learner = learner;
    this.propensity = propensity;
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedClassTransformation {
    const model = restoreLearner(state, 'model', classes);
    state.expect(model.role === 'classifier', 'model', 'a classifier');
    return new FittedClassTransformation(model as FittedClassifier);
  }

  /** @throws as `UpliftModel.fit`; `invalid-target` for numeric outcomes. */
  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedClassTransformation {
    const experiment = experimentOf(x, y, options, this);
    const { outcomes, treated, weights } = experiment;
    if (!areBinary(outcomes)) {
      throw new ChurnError(
        'invalid-target',
        'ClassTransformation: expected outcomes of two classes, got numeric outcomes; use TLearner, XLearner or another learner',
      );
    }
    const random = new Random(this.seed).stream(ClassTransformation.type);
    const folds = armFolds(treated, (row) => outcomes[row] === 1, this.cv, random);
    const propensities = crossFittedPropensities(this.propensity, experiment, folds);
    const balanced = propensities.map(
      (p, row) => (weights?.[row] ?? 1) / (2 * (treated[row] === 1 ? p : 1 - p)),
    );
    const favours = outcomes.map((outcome, row) => Number(outcome === treated[row]));
    const rows = {
      ...experiment,
      outcomes: favours,
      weights: balanced.every((weight) => weight === 1) ? undefined : balanced,
    };
    return new FittedClassTransformation(
      fitLearner(this.learner, rows, 'the transformed class') as FittedClassifier,
    );
  }
}

/** A fitted `ClassTransformation`. */
export class FittedClassTransformation extends FittedUplift {
  readonly type = ClassTransformation.type;

  constructor(readonly model: FittedClassifier) {
    super();
  }

  get state(): JsonObject {
    return { model: savedPart(this.model) };
  }

  get features(): readonly string[] {
    return this.model.features;
  }

  get schema(): TableSchema | undefined {
    return this.model.schema;
  }

  predictUplift(x: Table): Float64Array {
    return this.model.predictProba(x)[1].map((p) => 2 * p - 1);
  }
}
