import { ChurnError, type Model, type Table, type TargetLike } from '@churn/core';

/**
 * How important a model finds each column of `x`, in their order; 0 for columns that it has no use for.
 * @throws `invalid-parameter` where the model has no importances; and what fitting throws.
 */
export function importancesOf(model: Model, x: Table, y: TargetLike): Float64Array {
  const fitted = model.fit(x, y as never);
  const importances = fitted.importances?.();
  if (!importances) {
    throw new ChurnError(
      'invalid-parameter',
      `model: expected a model that tells importances, such as one of trees, got ${fitted.type}`,
    );
  }
  const places = new Map(fitted.features.map((name, j) => [name, j]));
  return Float64Array.from(x.names, (name) => importances[places.get(name) ?? -1] ?? 0);
}
