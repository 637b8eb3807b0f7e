import {
  type FittedClassifier,
  type FittedModel,
  type FittedRegressor,
  rowFaultError,
  type Table,
} from '@churn/core';

/**
 * What a model predicts of rows: one array of probabilities per class, or one of values.
 * @throws `invalid-data` with a fault for each row of a value beyond all numbers; the errors of the model.
 */
export function predictionsOf(model: FittedModel, x: Table): Float64Array[] {
  return model.role === 'regressor'
    ? [finite((model as FittedRegressor).predict(x))]
    : (model as FittedClassifier).predictProba(x);
}

/** @throws `invalid-data` with a fault for each row whose value is beyond all numbers. */
function finite(values: Float64Array): Float64Array {
  const faults = Array.from(values.keys())
    .filter((row) => !Number.isFinite(values[row]))
    .map((row) => ({ row, detail: `the model predicts ${values[row]}` }));
  if (faults.length > 0) throw rowFaultError(faults);
  return values;
}
