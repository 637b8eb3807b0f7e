import { square, type TargetValuesLike } from '@churn/core';
import { errorsToExplain, explainedShare } from './explained-share.js';
import { squaredError } from './mean-squared-error.js';
import type { MetricOptions } from './metric.js';
import { meanLoss } from './regression-errors.js';
import { weightedMean } from './weighted-mean.js';

/**
 * The coefficient of determination, `1 - sum((y - p)^2) / sum((y - mean(y))^2)`: 1 is perfect, 0 as good as the mean, and worse models
 * are below 0. For a constant target it is 1 if all predictions are exact, and 0 otherwise, as in scikit-learn.
 *
 * @throws as `meanSquaredError`, and `invalid-data` for fewer than two rows.
 */
export function r2(yTrue: TargetValuesLike, yPredicted: TargetValuesLike, options?: MetricOptions): number {
  const errors = errorsToExplain('r2', yTrue, yPredicted, options);
  const mean = weightedMean(errors.actual, errors);
  return explainedShare(
    meanLoss(errors, squaredError),
    meanLoss(errors, (actual) => square(actual - mean)),
  );
}
