import {
  type Classifier,
  type ClassLabel,
  type FitOptions,
  type FittedRegressor,
  integerParameter,
  type JsonObject,
  numberParameter,
  type OptionsOf,
  Random,
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
  withDefault,
} from '@churn/core';
import { type Experiment, experimentOf } from '../experiment.js';
import { areBinary, type OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { fitEffect } from './effect-model.js';
import { learnerParameter, treatmentParameters } from './learner-parameters.js';
import { expectedOutcomes, fitLearner } from './outcome-model.js';
import { armFolds, crossFittedPropensities, partsOf, propensityParameter } from './propensity.js';

const parameters = {
  ...treatmentParameters,
  /** The model of the outcomes of each arm. */
  learner: required(learnerParameter()),
  /** The regressor of the effects. */
  effectLearner: required(regressorParameter()),
  /** The probability of the treatment, or a classifier that estimates it. Default: the share of treated rows. */
  propensity: propensityParameter(),
  /** The number of folds for cross-fitting outcomes and propensities, at least 2. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type DRLearnerOptions = OptionsOf<typeof parameters>;

/**
 * A regressor of doubly robust effects (Kennedy, "Towards optimal doubly robust estimation of heterogeneous causal effects", 2023): the
 * difference between the predicted outcomes of both arms, plus the residual of the observed outcome weighted by the inverse propensity. It is
 * consistent if either the outcome model or the propensity model is, and so suits treatments whose probability differs between rows.
 *
 * ```ts
 * const learner = new GradientBoostingClassifier();
 * const effectLearner = new GradientBoostingRegressor();
 * const propensity = new LogisticRegression();
 * new DRLearner({ treatment: 'offer', control: 'none', learner, effectLearner, propensity }).fit(customers, stayed);
 * ```
 */
export class DRLearner implements UpliftModel<FittedDRLearner> {
  readonly role = 'regressor';
  static readonly type = 'DRLearner';
  static readonly parameters = parameters;
  /** Everything that the inner models accept. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly learner: Classifier | Regressor;
  readonly effectLearner: Regressor;
  readonly propensity: number | Classifier | undefined;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: DRLearnerOptions) {
    const { treatment, control, learner, effectLearner, propensity, cv, seed } = readOptions(
      parameters,
      options,
    );
    this.treatment = treatment;
    this.control = control;
    this.learner = learner;
    this.effectLearner = effectLearner;
    this.propensity = propensity;
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedDRLearner {
    return new FittedDRLearner(restorePart(state.child('effect'), classes, 'regressor'));
  }

  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedDRLearner {
    const experiment = experimentOf(x, y, options, this);
    const effects = this.#effects(experiment);
    return new FittedDRLearner(fitEffect(this.effectLearner, experiment, effects));
  }

  /** The doubly robust effect of each row. */
  #effects(experiment: Experiment): Float64Array {
    const { x, outcomes, treated } = experiment;
    const isBinary = areBinary(outcomes);
    const random = new Random(this.seed).stream(DRLearner.type);
    const folds = armFolds(treated, (row) => isBinary && outcomes[row] === 1, this.cv, random);
    const propensities = crossFittedPropensities(this.propensity, experiment, folds);
    const effects = new Float64Array(outcomes.length);
    for (const { inside, outside } of partsOf(folds)) {
      const table = x.take(inside);
      const [ofControl, ofTreated] = [0, 1].map((arm) => {
        const rows = outside.filter((row) => treated[row] === arm);
        const who = arm === 1 ? 'treated rows' : 'control rows';
        return expectedOutcomes(fitLearner(this.learner, experiment, who, rows), table);
      });
      inside.forEach((row, i) => {
        const p = propensities[row];
        const correction =
          treated[row] === 1 ? (outcomes[row] - ofTreated[i]) / p : (ofControl[i] - outcomes[row]) / (1 - p);
        effects[row] = ofTreated[i] - ofControl[i] + correction;
      });
    }
    return effects;
  }
}

/** A fitted `DRLearner`. */
export class FittedDRLearner extends FittedUplift {
  readonly type = DRLearner.type;

  constructor(readonly effect: FittedRegressor) {
    super();
  }

  get state(): JsonObject {
    return { effect: savedPart(this.effect) };
  }

  get features(): readonly string[] {
    return this.effect.features;
  }

  get schema(): TableSchema | undefined {
    return this.effect.schema;
  }

  predictUplift(x: Table): Float64Array {
    return this.effect.predict(x);
  }
}
