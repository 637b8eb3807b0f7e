import { ChurnError, type Model, type Table, type TargetLike } from '@churn/core';

/**
 * The importance of each column of `x` for a model, in column order; 0 for columns that it does not use.
 * @throws `invalid-parameter` if the model has no importances; and the errors of fitting.
 */
export function importancesOf(model: Model, x: Table, y: TargetLike): Float64Array {
  const fitted = model.fit(x, y as never);
  const importances = fitted.importances?.();
  if (!importances) {
    throw new ChurnError(
      'invalid-parameter',
      `model: expected a model with feature importances, such as a random forest, got ${fitted.type}`,
    );
  }
  const places = new Map(fitted.features.map((name, j) => [name, j]));
  return Float64Array.from(x.names, (name) => importances[places.get(name) ?? -1] ?? 0);
}
