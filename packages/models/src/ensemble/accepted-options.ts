import type { Classifier, FitOptions, ModelDefinition } from '@churn/core';

/** What a fit of a classifier is told: sample weights only where it takes them. */
export function acceptedOptions(classifier: Classifier, options: FitOptions): FitOptions {
  if (options.sampleWeight === undefined || takesWeights(classifier)) return options;
  const { sampleWeight, ...others } = options;
  return others;
}

/** Whether a classifier, or the one at the end of a pipeline or in a wrapper, takes sample weights; one that does not say is told them. */
function takesWeights(classifier: object): boolean {
  const { model, classifier: inside } = classifier as { readonly [key: string]: object | undefined };
  const within = model ?? inside;
  if (within) return takesWeights(within);
  return (classifier.constructor as Partial<ModelDefinition>).accepts?.sampleWeight ?? true;
}
