import type { FittedClassifier } from './classifier.js';
import type { FittedModel } from './model.js';
import type { FittedRegressor } from './regressor.js';
import type { FittedSurvivalModel } from './survival-model.js';
import type { Table } from './table.js';

/** Whether a model is a classifier. */
export function isClassifier(model: FittedModel): model is FittedClassifier {
  return model.role === 'classifier';
}

/**
 * The predictions of any model for the rows of `x`, as numbers: the probability of each class, one array per class; or the predicted
 * values or the risk scores, in one array.
 *
 * @throws the errors of the model.
 */
export function outputColumns(model: FittedModel, x: Table): Float64Array[] {
  return isClassifier(model)
    ? model.predictProba(x)
    : [(model as FittedRegressor | FittedSurvivalModel).predict(x)];
}
