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
import { experimentOf } from '../experiment.js';
import type { OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { learnerParameter, treatmentParameters } from './learner-parameters.js';
import { expectedOutcomes, type FittedLearner, fitLearner, restoreLearner } from './outcome-model.js';

const parameters = {
  ...treatmentParameters,
  /** The model of the outcomes of all rows. It receives the treatment column as 1 and 0. */
  learner: required(learnerParameter()),
};

export type SLearnerOptions = OptionsOf<typeof parameters>;

/**
 * One outcome model with the treatment as a feature; the uplift is its prediction with treatment minus that without (Künzel et al.,
 * "Metalearners for estimating heterogeneous treatment effects", 2019). It tends to underestimate small effects. A linear model without
 * interactions gives the same effect for all rows.
 *
 * ```ts
 * const model = new SLearner({ treatment: 'offer', control: 'none', learner: new GradientBoostingClassifier() });
 * model.fit(customers, stayed).predictUplift(customers);
 * ```
 */
export class SLearner implements UpliftModel<FittedSLearner> {
  readonly role = 'regressor';
  static readonly type = 'SLearner';
  static readonly parameters = parameters;
  /** Everything that the inner model accepts. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly learner: Classifier | Regressor;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: SLearnerOptions) {
    const { treatment, control, learner } = readOptions(parameters, options);
    this.treatment = treatment;
    this.control = control;
    this.learner = learner;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedSLearner {
    return new FittedSLearner(state.string('treatment'), restoreLearner(state, 'model', classes));
  }

  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedSLearner {
    const experiment = experimentOf(x, y, options, this);
    const table = experiment.x.with({ [this.treatment]: Float64Array.from(experiment.treated) });
    const model = fitLearner(this.learner, { ...experiment, x: table }, 'SLearner');
    return new FittedSLearner(this.treatment, model);
  }
}

/** A fitted `SLearner`. */
export class FittedSLearner extends FittedUplift {
  readonly type = SLearner.type;

  constructor(
    readonly treatment: string,
    readonly model: FittedLearner,
  ) {
    super();
  }

  get state(): JsonObject {
    return { treatment: this.treatment, model: savedPart(this.model) };
  }

  get features(): readonly string[] {
    return this.model.features.filter((name) => name !== this.treatment);
  }

  get schema(): TableSchema | undefined {
    return this.model.schema?.filter(({ name }) => name !== this.treatment);
  }

  predictUplift(x: Table): Float64Array {
    const [control, treated] = [0, 1].map((arm) =>
      expectedOutcomes(this.model, x.with({ [this.treatment]: new Float64Array(x.nRows).fill(arm) })),
    );
    return checkedPredictions(
      x,
      this.features,
      treated.map((outcome, row) => outcome - control[row]),
    );
  }
}
