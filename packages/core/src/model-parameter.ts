import type { Classifier } from './classifier.js';
import type { Model } from './model.js';
import { type Parameter, parameter } from './parameters.js';

/** A classifier to be fitted, such as a wrapper holds; a `Pipeline` that ends in one is one too. */
export function classifierParameter(): Parameter<Classifier> {
  const isClassifier = (value: unknown): value is Classifier => {
    const { role, fit } = (value ?? {}) as Partial<Model>;
    return role === 'classifier' && typeof fit === 'function';
  };
  return { ...parameter('a classifier to be fitted', isClassifier), isPlain: false };
}
