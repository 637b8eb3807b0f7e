import type { Classifier } from './classifier.js';
import type { Model } from './model.js';
import { type Parameter, parameter } from './parameters.js';
import type { Regressor } from './regressor.js';
import { MODEL_ROLES } from './target.js';

/** An unfitted classifier as a parameter; a `Pipeline` that ends in one is allowed. */
// @__NO_SIDE_EFFECTS__
export function classifierParameter(): Parameter<Classifier> {
  const isClassifier = (value: unknown): value is Classifier => isModel(value) && value.role === 'classifier';
  return { ...parameter('an unfitted classifier', isClassifier), isPlain: false };
}

/** An unfitted regressor as a parameter; a `Pipeline` that ends in one is allowed. */
// @__NO_SIDE_EFFECTS__
export function regressorParameter(): Parameter<Regressor> {
  const isRegressor = (value: unknown): value is Regressor => isModel(value) && value.role === 'regressor';
  return { ...parameter('an unfitted regressor', isRegressor), isPlain: false };
}

/** An unfitted model of any role as a parameter. */
// @__NO_SIDE_EFFECTS__
export function modelParameter(): Parameter<Model> {
  return {
    ...parameter('an unfitted classifier, regressor or survival model', isModel),
    isPlain: false,
  };
}

function isModel(value: unknown): value is Model {
  const { role, fit } = (value ?? {}) as Partial<Model>;
  return typeof fit === 'function' && role !== undefined && MODEL_ROLES.includes(role);
}
