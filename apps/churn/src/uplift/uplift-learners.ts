import {
  ChurnError,
  type Classifier,
  type FittedClassifier,
  FittedPipeline,
  type FittedRegressor,
  Pipeline,
  type Regressor,
} from '@churn/core';
import { DRLearner, SLearner, TLearner, UpliftForest, type UpliftModel, XLearner } from '@churn/uplift';
import type { Config, ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { PRESETS, type Preset } from '../config/preset.js';
import type { UpliftLearnerName } from '../config/uplift.js';
import { definitionOf } from '../model/models.js';
import { createPipeline, nativeSteps } from '../model/processing.js';
import { unsuitedProcessing } from '../model/suited-processing.js';
import type { UpliftRows } from './uplift-rows.js';

/** An uplift learner. */
export interface UpliftLearner {
  readonly name: string;
  /** Fits a pipeline of raw rows, with the configured processing. */
  fit(rows: UpliftRows): FittedRegressor;
}

/** The parts of a learner. */
interface Parts {
  readonly treatment: string;
  readonly control: number;
  readonly seed: number;
  readonly learner: Classifier;
  readonly effectLearner: Regressor;
}

/** A learner, with its base models, which use the configured processing. */
interface Setting {
  readonly name: UpliftLearnerName;
  /** The smallest preset that includes it. */
  readonly preset: Preset;
  readonly outcome?: ModelParameters;
  readonly effect?: ModelParameters;
  make(parts: Parts): UpliftModel;
}

const model = (type: string, parameters: Omit<ModelParameters, 'type' | 'degree'>): ModelParameters => ({
  ...parameters,
  type,
  degree: 1,
});
/** Shallow trees, since effects are small relative to other influences, and deep trees overfit. */
const shallow = { nEstimators: 60, learningRate: 0.1, maxDepth: 3 };
const boosting = model('GradientBoostingClassifier', shallow);
const boostedEffects = model('GradientBoostingRegressor', shallow);
const logistic = model('LogisticRegression', { splines: true, C: 0.1 });
const ridge = model('Ridge', { splines: true, alpha: 10 });

/** In the order of comparison. */
const settings: readonly Setting[] = [
  { name: 'uplift_forest', preset: 'fast', make: (parts) => forestOf(parts) },
  {
    name: 'x_learner_boosting',
    preset: 'fast',
    outcome: boosting,
    effect: boostedEffects,
    make: ({ seed, ...parts }) => new XLearner(parts),
  },
  {
    name: 't_learner_logistic',
    preset: 'good',
    outcome: logistic,
    make: ({ effectLearner, seed, ...parts }) => new TLearner(parts),
  },
  {
    name: 'dr_learner',
    preset: 'good',
    outcome: logistic,
    effect: ridge,
    make: (parts) => new DRLearner({ ...parts, cv: 3 }),
  },
  {
    name: 's_learner_boosting',
    preset: 'best',
    outcome: boosting,
    make: ({ effectLearner, seed, ...parts }) => new SLearner(parts),
  },
  {
    name: 't_learner_boosting',
    preset: 'best',
    outcome: boosting,
    make: ({ effectLearner, seed, ...parts }) => new TLearner(parts),
  },
];

function forestOf({ treatment, control, seed }: Parts): UpliftForest {
  return new UpliftForest({ treatment, control, seed, nEstimators: 100 });
}

/** The maximum number of columns for splines, which expand each number to seven. */
const MAX_SPLINED = 50;

/** The keys of a configuration for learners. */
type Given = Pick<Config, 'processing' | 'preset' | 'seed' | 'data' | 'uplift'>;

/**
 * The learners to compare: those that the configuration lists, or else those of its preset that support the configured processing.
 *
 * @throws `invalid-parameter` if a listed learner does not support it.
 */
export function upliftLearners(given: Given, nColumns: number): UpliftLearner[] {
  const { processing, seed, data } = given;
  const treatment = data.treatment?.column as string;
  const sized = (parameters: ModelParameters) =>
    nColumns > MAX_SPLINED ? { ...parameters, splines: false } : parameters;
  // A learner only requests the models of its setting.
  const pipelineOf = <F extends FittedClassifier | FittedRegressor>(
    parameters: ModelParameters | undefined,
  ) => parameters && createPipeline<F>(processing, sized(parameters), { seed });
  return chosenSettings(given).map(({ name, outcome, effect, make }) => {
    const learner = pipelineOf<FittedClassifier>(outcome) as Classifier;
    const effectLearner = pipelineOf<FittedRegressor>(effect) as Regressor;
    const learned = make({ treatment, control: 0, seed, learner, effectLearner });
    return { name, fit: (rows) => fitWith(learned, rows, processing, seed) };
  });
}

function chosenSettings({ processing, preset, uplift }: Given): Setting[] {
  const faultOf = ({ outcome, effect }: Setting) =>
    [outcome, effect]
      .flatMap((each) =>
        each ? [unsuitedProcessing(definitionOf(each.type).accepts, processing, each)] : [],
      )
      .find((fault) => fault !== undefined);
  const listed = uplift?.learners;
  if (!listed) {
    const ofPreset = settings.filter(
      ({ preset: least }) => PRESETS.indexOf(least) <= PRESETS.indexOf(preset),
    );
    return ofPreset.filter((setting) => !faultOf(setting));
  }
  return listed.map((name) => {
    const setting = settings.find((each) => each.name === name) as Setting;
    const fault = faultOf(setting);
    if (!fault) return setting;
    throw new ChurnError(
      'invalid-parameter',
      `uplift.learners: ${name} does not support processing.${fault.field}: ${fault.message}`,
    );
  });
}

function fitWith(
  learned: UpliftModel,
  { x, stayed, isTreated }: UpliftRows,
  processing: ProcessingConfig,
  seed: number,
): FittedRegressor {
  const withArms = { [learned.treatment]: Float64Array.from(isTreated) };
  if (!(learned instanceof UpliftForest)) return learned.fit(x.with(withArms), stayed);
  // The forest needs little processing, so it ends a single pipeline instead of containing several.
  const prepared = new Pipeline(nativeSteps(processing, seed)).fit(x);
  const forest = learned.fit(prepared.transform(x).with(withArms), stayed);
  return new FittedPipeline<FittedRegressor>(prepared.schema, prepared.steps, forest, prepared.summary);
}
