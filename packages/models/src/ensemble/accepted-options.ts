import type { FitOptions, Model, ModelDefinition } from '@churn/core';

/** The options for the fit of a model: sample weights are passed only if it supports them. */
export function acceptedOptions(model: Pick<Model, 'role'>, options: FitOptions): FitOptions {
  if (options.sampleWeight === undefined || takesWeights(model)) return options;
  const { sampleWeight, ...others } = options;
  return others;
}

/**
 * Whether a model, or the inner model of a pipeline or wrapper, supports sample weights; they are passed to models that do not declare it.
 */
function takesWeights(specification: object): boolean {
  const { model, classifier, regressor } = specification as { readonly [key: string]: object | undefined };
  const within = model ?? classifier ?? regressor;
  if (within) return takesWeights(within);
  return (specification.constructor as Partial<ModelDefinition>).accepts?.sampleWeight ?? true;
}
