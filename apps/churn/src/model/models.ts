import {
  type Classifier,
  type Json,
  type ModelDefinition,
  type Parameter,
  Pipeline,
  type Regressor,
  type SurvivalModel,
} from '@churn/core';
import { classifiers, regressors } from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import { CoxRegression, DiscreteTimeHazards } from '@churn/survival';
import { onColumns, SplineTransformer, StandardScaler } from '@churn/transforms';
import type { TaskName } from '../config/target.js';
import { engineOf } from './engines.js';

/** The parameter that a library is handed in by. */
const ENGINE = 'engine';
/** That of the configuration is for all models. */
const SEED = 'seed';
/** Columns of the table that a model gets: in the pipelines of this application, those of categories have become others. */
const STRATA = 'strata';

const ofClasses: readonly ModelDefinition[] = [...classifiers, ...mljsClassifiers].filter(isConfigurable);

/** The models that a configuration can name, by their task: all that need nothing but what a configuration can hold, and an engine. */
export const modelsOf: Readonly<Record<TaskName, readonly ModelDefinition[]>> = {
  classes: ofClasses,
  value: regressors.filter(isConfigurable),
  // Any classifier that takes weights learns the hazard of each interval.
  survival: [CoxRegression, ...ofClasses.filter(learnsHazards)],
};

/** The models of all tasks. */
export const models = [...new Set(Object.values(modelsOf).flat())];

/** Into how many intervals time is divided for a classifier to learn the hazard of each. */
export const N_INTERVALS = DiscreteTimeHazards.parameters.nIntervals;

/** Whether a model is a classifier that can learn the hazards of times. */
export function learnsHazards(definition: ModelDefinition): boolean {
  return ofClasses.includes(definition) && definition.accepts.sampleWeight;
}

function isConfigurable({ parameters }: ModelDefinition): boolean {
  return Object.entries(parameters).every(
    ([name, { isRequired, isPlain }]) => !isRequired || isPlain || name === ENGINE,
  );
}

/** The class of models that a configuration calls `type`. */
export function definitionOf(type: string): ModelDefinition {
  return models.find((each) => each.type === type) as ModelDefinition;
}

/**
 * The parameters of a model that a configuration can give, by the names that it gives them by: those of the model, but for the degree of a
 * kernel, since the degree of a configuration is that of the polynomial features.
 */
export function configurable({
  parameters,
}: ModelDefinition): ReadonlyMap<string, Parameter & { readonly own: string }> {
  return new Map(
    Object.entries(parameters)
      .filter(([name, { isPlain }]) => isPlain && name !== SEED && name !== STRATA)
      .map(([own, parameter]) => [own === 'degree' ? 'kernelDegree' : own, { ...parameter, own }]),
  );
}

export interface CreateOptions {
  readonly seed: number;
  /** Whether classifiers are to learn the hazards of times, and not classes. */
  readonly hazards?: boolean;
  /** Is told where a fit did not converge. */
  readonly onWarning?: (message: string) => void;
}

/**
 * A model by its name.
 *
 * @param given its parameters, by the names of a configuration; others are ignored.
 */
export function createModel(
  type: string,
  given: Readonly<Record<string, Json>>,
  { seed, hazards = false, onWarning }: CreateOptions,
): Classifier | Regressor | SurvivalModel {
  const definition = definitionOf(type);
  const options = Array.from(configurable(definition), ([name, { own }]) => [own, given[name]] as const);
  const { parameters } = definition;
  const model = new definition({
    ...Object.fromEntries(options),
    ...(SEED in parameters && { seed }),
    ...(ENGINE in parameters && { engine: engineOf(type) }),
    ...('onWarning' in parameters && { onWarning }),
  });
  if (!hazards || !learnsHazards(definition)) return model as Classifier | Regressor | SurvivalModel;
  const classifier = model as Classifier;
  return new DiscreteTimeHazards({
    classifier: definition.accepts.missing ? classifier : alongTime(classifier),
    nIntervals: given.nIntervals as number | undefined,
    timeColumn: TIME,
  });
}

/** What the column of the time is called, which no column of data is likely to be. */
const TIME = 'time (since the start)';

/** A classifier whose hazards may rise and fall with time, which is as spread as its other columns: what are no trees need both. */
function alongTime(classifier: Classifier): Classifier {
  const splines = new SplineTransformer({ nKnots: 5, knots: 'quantile' });
  return new Pipeline([onColumns([TIME], splines), new StandardScaler()], classifier);
}
