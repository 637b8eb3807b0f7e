import {
  type Classifier,
  type ClassLabel,
  checkedPredictions,
  type FitOptions,
  type JsonObject,
  type OptionsOf,
  type Regressor,
  type Restorable,
  readOptions,
  required,
  type StateReader,
  savedPart,
  type Table,
  type TableSchema,
} from '@churn/core';
import { armRows, experimentOf } from '../experiment.js';
import type { OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { learnerParameter, treatmentParameters } from './learner-parameters.js';
import {
  expectedOutcomes,
  type FittedLearner,
  fitLearner,
  requireSameColumns,
  restoreLearner,
} from './outcome-model.js';

const parameters = {
  ...treatmentParameters,
  /** The model of the outcomes of each arm. */
  learner: required(learnerParameter()),
};

export type TLearnerOptions = OptionsOf<typeof parameters>;

/**
 * Two outcome models, one of the treated and one of the control rows; the uplift is the difference of their predictions (Künzel et al.,
 * 2019). It suits large arms and large effects; otherwise, the errors of both models add up.
 *
 * ```ts
 * const model = new TLearner({ treatment: 'offer', control: 'none', learner: new LogisticRegression() });
 * model.fit(customers, stayed).predictUplift(customers);
 * ```
 */
export class TLearner implements UpliftModel<FittedTLearner> {
  readonly role = 'regressor';
  static readonly type = 'TLearner';
  static readonly parameters = parameters;
  /** Everything that the inner model accepts. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly learner: Classifier | Regressor;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: TLearnerOptions) {
    const { treatment, control, learner } = readOptions(parameters, options);
    this.treatment = treatment;
    this.control = control;
    this.learner = learner;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedTLearner {
    const [treated, control] = ['treated', 'control'].map((key) => restoreLearner(state, key, classes));
    requireSameColumns(state, 'treated', [treated, control]);
    return new FittedTLearner(treated, control);
  }

  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedTLearner {
    const experiment = experimentOf(x, y, options, this);
    const { treated } = experiment;
    return new FittedTLearner(
      fitLearner(this.learner, experiment, 'treated rows', armRows(treated, 1)),
      fitLearner(this.learner, experiment, 'control rows', armRows(treated, 0)),
    );
  }
}

/** A fitted `TLearner`. */
export class FittedTLearner extends FittedUplift {
  readonly type = TLearner.type;

  constructor(
    /** The model of the treated rows. */
    readonly treated: FittedLearner,
    /** The model of the control rows. */
    readonly control: FittedLearner,
  ) {
    super();
  }

  get state(): JsonObject {
    return { treated: savedPart(this.treated), control: savedPart(this.control) };
  }

  get features(): readonly string[] {
    return this.treated.features;
  }

  get schema(): TableSchema | undefined {
    return this.treated.schema;
  }

  predictUplift(x: Table): Float64Array {
    const control = expectedOutcomes(this.control, x);
    const uplift = expectedOutcomes(this.treated, x).map((outcome, row) => outcome - control[row]);
    return checkedPredictions(x, this.features, uplift);
  }
}
