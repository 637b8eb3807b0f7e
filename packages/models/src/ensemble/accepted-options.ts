import type { FitOptions, Model, ModelDefinition } from '@churn/core';

/** What a fit of a model is told: sample weights only where it takes them. */
export function acceptedOptions(model: Pick<Model, 'role'>, options: FitOptions): FitOptions {
  if (options.sampleWeight === undefined || takesWeights(model)) return options;
  const { sampleWeight, ...others } = options;
  return others;
}

/** Whether a model, or the one at the end of a pipeline or in a wrapper, takes sample weights; one that does not say is told them. */
function takesWeights(specification: object): boolean {
  const { model, classifier, regressor } = specification as { readonly [key: string]: object | undefined };
  const within = model ?? classifier ?? regressor;
  if (within) return takesWeights(within);
  return (specification.constructor as Partial<ModelDefinition>).accepts?.sampleWeight ?? true;
}
