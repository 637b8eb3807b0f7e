import type { Classifier, Json, ModelDefinition, Parameter, Regressor } from '@churn/core';
import { classifiers, regressors } from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import type { TaskName } from '../config/target.js';
import { engineOf } from './engines.js';

/** The parameter that a library is handed in by. */
const ENGINE = 'engine';
/** That of the configuration is for all models. */
const SEED = 'seed';

/** The models that a configuration can name, by their task: all that need nothing but what a configuration can hold, and an engine. */
export const modelsOf: Readonly<Record<TaskName, readonly ModelDefinition[]>> = {
  classes: [...classifiers, ...mljsClassifiers].filter(isConfigurable),
  value: regressors.filter(isConfigurable),
};

/** The models of all tasks. */
export const models = Object.values(modelsOf).flat();

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
      .filter(([name, { isPlain }]) => isPlain && name !== SEED)
      .map(([own, parameter]) => [own === 'degree' ? 'kernelDegree' : own, { ...parameter, own }]),
  );
}

export interface CreateOptions {
  readonly seed: number;
  /** Is told where a fit did not converge. */
  readonly onWarning?: (message: string) => void;
}

/**
 * A model by its name.
 *
 * @param given its parameters, by the names of a configuration; others are passed over.
 */
export function createModel(
  type: string,
  given: Readonly<Record<string, Json>>,
  { seed, onWarning }: CreateOptions,
): Classifier | Regressor {
  const definition = definitionOf(type);
  const options = Array.from(configurable(definition), ([name, { own }]) => [own, given[name]] as const);
  const { parameters } = definition;
  return new definition({
    ...Object.fromEntries(options),
    ...(SEED in parameters && { seed }),
    ...(ENGINE in parameters && { engine: engineOf(type) }),
    ...('onWarning' in parameters && { onWarning }),
  }) as Classifier | Regressor;
}
