import { ChurnError, type TargetValuesLike } from '@churn/core';
import type { MetricOptions } from './metric.js';
import { type RegressionErrors, regressionErrors } from './regression-errors.js';

/**
 * The share of a loss that a model removes: 1 if none is left, 0 if it is as large as without the model. Where there is nothing to
 * explain it is 1 if the model has no loss either, and otherwise 0, as in scikit-learn.
 */
export function explainedShare(left: number, total: number): number {
  if (total === 0) return left === 0 ? 1 : 0;
  return 1 - left / total;
}

/**
 * The errors of a metric that compares a model with a constant.
 * @throws as `amountErrors`, and `invalid-data` for fewer than two rows.
 */
export function errorsToExplain(
  metric: string,
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: MetricOptions,
): RegressionErrors {
  const errors = regressionErrors(yTrue, yPredicted, options);
  if (errors.actual.length >= 2) return errors;
  throw new ChurnError('invalid-data', `${metric}: expected two or more rows, got one`);
}
