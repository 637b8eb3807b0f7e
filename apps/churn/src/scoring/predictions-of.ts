import {
  type FittedClassifier,
  type FittedModel,
  type FittedRegressor,
  rowFaultError,
  type Table,
} from '@churn/core';

/**
 * The predictions for rows: an array of probabilities per class, or an array of values.
 * @throws `invalid-data` with a fault for each row whose value is not finite; also as the model does.
 */
export function predictionsOf(model: FittedModel, x: Table): Float64Array[] {
  return model.role === 'regressor'
    ? [finite((model as FittedRegressor).predict(x))]
    : (model as FittedClassifier).predictProba(x);
}

/** @throws `invalid-data` with a fault for each row whose value is not finite. */
function finite(values: Float64Array): Float64Array {
  const faults = Array.from(values.keys())
    .filter((row) => !Number.isFinite(values[row]))
    .map((row) => ({ row, detail: `the model predicts ${values[row]}` }));
  if (faults.length > 0) throw rowFaultError(faults);
  return values;
}
