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

/** The parameter that passes the library. */
const ENGINE = 'engine';
/** Set for all models by the configuration. */
const SEED = 'seed';
/** Refers to columns of the model's input, where the pipelines of this application have already encoded categories. */
const STRATA = 'strata';

const ofClasses: readonly ModelDefinition[] = [...classifiers, ...mljsClassifiers].filter(isConfigurable);

/** The models that a configuration can name, by task: all whose parameters fit into a configuration, apart from an engine. */
export const modelsOf: Readonly<Record<TaskName, readonly ModelDefinition[]>> = {
  classes: ofClasses,
  value: regressors.filter(isConfigurable),
  // Any classifier with sample weights can be fitted to the hazard of each interval.
  survival: [CoxRegression, ...ofClasses.filter(learnsHazards)],
};

/** The models of all tasks. */
export const models = [...new Set(Object.values(modelsOf).flat())];

/** The number of time intervals for discrete hazards. */
export const N_INTERVALS = DiscreteTimeHazards.parameters.nIntervals;

/** Whether a model is a classifier that can be fitted to hazards. */
export function learnsHazards(definition: ModelDefinition): boolean {
  return ofClasses.includes(definition) && definition.accepts.sampleWeight;
}

function isConfigurable({ parameters }: ModelDefinition): boolean {
  return Object.entries(parameters).every(
    ([name, { isRequired, isPlain }]) => !isRequired || isPlain || name === ENGINE,
  );
}

/** The model class with the given type. */
export function definitionOf(type: string): ModelDefinition {
  return models.find((each) => each.type === type) as ModelDefinition;
}

/**
 * The configurable parameters of a model, by name: all except the degree of a kernel, since `degree` means polynomial features in a
 * configuration.
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
  /** Whether classifiers are fitted to hazards instead of classes. */
  readonly hazards?: boolean;
  /** Called if a fit does not converge. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Creates a model by its type.
 *
 * @param given its parameters, as in a configuration; others are ignored.
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

/** The name of the time column, unlikely to collide with columns of data. */
const TIME = 'time (since the start)';

/** A classifier whose hazards can vary non-linearly with standardised time, which models other than trees need. */
function alongTime(classifier: Classifier): Classifier {
  const splines = new SplineTransformer({ nKnots: 5, knots: 'quantile' });
  return new Pipeline([onColumns([TIME], splines), new StandardScaler()], classifier);
}
