import {
  type Classifier,
  type ClassLabel,
  checkedPredictions,
  type FitOptions,
  type FittedRegressor,
  type JsonObject,
  type OptionsOf,
  type Regressor,
  type Restorable,
  readOptions,
  regressorParameter,
  required,
  restorePart,
  type StateReader,
  savedPart,
  type Table,
  type TableSchema,
} from '@churn/core';
import { armRows, experimentOf } from '../experiment.js';
import type { OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { fitEffect } from './effect-model.js';
import { learnerParameter, treatmentParameters } from './learner-parameters.js';
import { expectedOutcomes, fitLearner, requireSameColumns } from './outcome-model.js';
import {
  fitPropensity,
  type Propensity,
  propensities,
  propensityParameter,
  restorePropensity,
  savedPropensity,
} from './propensity.js';

const parameters = {
  ...treatmentParameters,
  /** The model of the outcomes of each arm. */
  learner: required(learnerParameter()),
  /** The regressor of the effects. */
  effectLearner: required(regressorParameter()),
  /** The probability of the treatment, or a classifier that estimates it. Default: the share of treated rows. */
  propensity: propensityParameter(),
};

export type XLearnerOptions = OptionsOf<typeof parameters>;

/**
 * Two models of effects (Künzel et al., 2019): one of the treated rows' outcomes minus their predicted outcomes without treatment, and one of
 * the control rows' predicted outcomes with treatment minus their outcomes; their predictions are averaged by the propensity. It suits
 * experiments in which one arm is much smaller than the other.
 *
 * ```ts
 * const learner = new GradientBoostingClassifier();
 * const effectLearner = new GradientBoostingRegressor();
 * new XLearner({ treatment: 'offer', control: 'none', learner, effectLearner }).fit(customers, stayed);
 * ```
 */
export class XLearner implements UpliftModel<FittedXLearner> {
  readonly role = 'regressor';
  static readonly type = 'XLearner';
  static readonly parameters = parameters;
  /** Everything that the inner models accept. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly learner: Classifier | Regressor;
  readonly effectLearner: Regressor;
  readonly propensity: number | Classifier | undefined;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: XLearnerOptions) {
    const { treatment, control, learner, effectLearner, propensity } = readOptions(parameters, options);
    this.treatment = treatment;
    this.control = control;
    this.learner = learner;
    this.effectLearner = effectLearner;
    this.propensity = propensity;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedXLearner {
    const [treated, control] = ['treated', 'control'].map((key) =>
      restorePart(state.child(key), classes, 'regressor'),
    );
    requireSameColumns(state, 'treated', [treated, control]);
    const propensity = restorePropensity(state, classes);
    if (typeof propensity !== 'number') requireSameColumns(state, 'propensity', [treated, propensity]);
    return new FittedXLearner(treated, control, propensity);
  }

  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedXLearner {
    const experiment = experimentOf(x, y, options, this);
    const { outcomes, treated } = experiment;
    const [controlRows, treatedRows] = [0, 1].map((arm) => armRows(treated, arm));
    const ofTreated = expectedOutcomes(
      fitLearner(this.learner, experiment, 'treated rows', treatedRows),
      experiment.x,
    );
    const ofControl = expectedOutcomes(
      fitLearner(this.learner, experiment, 'control rows', controlRows),
      experiment.x,
    );
    const effects = outcomes.map((outcome, row) =>
      treated[row] === 1 ? outcome - ofControl[row] : ofTreated[row] - outcome,
    );
    return new FittedXLearner(
      fitEffect(this.effectLearner, experiment, effects, treatedRows),
      fitEffect(this.effectLearner, experiment, effects, controlRows),
      fitPropensity(this.propensity, experiment),
    );
  }
}

/** A fitted `XLearner`. */
export class FittedXLearner extends FittedUplift {
  readonly type = XLearner.type;

  constructor(
    /** The model of the effects on the treated rows. */
    readonly treated: FittedRegressor,
    /** The model of the effects on the control rows. */
    readonly control: FittedRegressor,
    /** The propensity by which their predictions are weighted. */
    readonly propensity: Propensity,
  ) {
    super();
  }

  get state(): JsonObject {
    const { treated, control, propensity } = this;
    return { treated: savedPart(treated), control: savedPart(control), ...savedPropensity(propensity) };
  }

  get features(): readonly string[] {
    return this.treated.features;
  }

  get schema(): TableSchema | undefined {
    return this.treated.schema;
  }

  predictUplift(x: Table): Float64Array {
    const [treated, control] = [this.treated.predict(x), this.control.predict(x)];
    const uplift = propensities(this.propensity, x).map(
      (p, row) => p * control[row] + (1 - p) * treated[row],
    );
    return checkedPredictions(x, this.features, uplift);
  }
}
