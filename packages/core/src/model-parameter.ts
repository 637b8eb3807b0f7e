import type { Classifier } from './classifier.js';
import type { Model } from './model.js';
import { type Parameter, parameter } from './parameters.js';
import type { Regressor } from './regressor.js';
import { MODEL_ROLES } from './target.js';

/** A classifier to be fitted, such as a wrapper holds; a `Pipeline` that ends in one is one too. */
// @__NO_SIDE_EFFECTS__
export function classifierParameter(): Parameter<Classifier> {
  const isClassifier = (value: unknown): value is Classifier => isModel(value) && value.role === 'classifier';
  return { ...parameter('a classifier to be fitted', isClassifier), isPlain: false };
}

/** A regressor to be fitted, such as a wrapper holds; a `Pipeline` that ends in one is one too. */
// @__NO_SIDE_EFFECTS__
export function regressorParameter(): Parameter<Regressor> {
  const isRegressor = (value: unknown): value is Regressor => isModel(value) && value.role === 'regressor';
  return { ...parameter('a regressor to be fitted', isRegressor), isPlain: false };
}

/** A model of any target to be fitted. */
// @__NO_SIDE_EFFECTS__
export function modelParameter(): Parameter<Model> {
  return {
    ...parameter('a classifier, a regressor or a survival model to be fitted', isModel),
    isPlain: false,
  };
}

function isModel(value: unknown): value is Model {
  const { role, fit } = (value ?? {}) as Partial<Model>;
  return typeof fit === 'function' && role !== undefined && MODEL_ROLES.includes(role);
}
