import {
  type FittedClassifier,
  type FittedRegressor,
  type FittedSurvivalModel,
  log,
  requireParameter,
  type Table,
} from '@churn/core';

/** A fitted or loaded classifier, regressor or survival model, or a pipeline that ends in one. */
export type ExplainedModel = FittedClassifier | FittedRegressor | FittedSurvivalModel;

/** @throws `invalid-parameter` if the model is not fitted. */
export function requireFitted(model: ExplainedModel): void {
  const isFitted = typeof model?.predict === 'function' && Array.isArray(model.features);
  requireParameter(isFitted, 'model', 'a fitted model or pipeline', model);
}

/** Predicted values, risk scores, or the log-odds of each class; for two classes, only of the second. */
export function modelScores(model: ExplainedModel, x: Table): Float64Array[] {
  if (model.role !== 'classifier') return [model.predict(x)];
  const probabilities = model.predictProba(x);
  return (probabilities.length === 2 ? probabilities.slice(1) : probabilities).map((column) =>
    column.map(logOdds),
  );
}

/** The log-odds of a probability, which is clipped so that they are finite for 0 and 1. */
export function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return log(inside / (1 - inside));
}
