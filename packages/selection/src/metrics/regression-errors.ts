import { ChurnError, sampleWeights, TargetValues, type TargetValuesLike } from '@churn/core';
import { type MetricOptions, readMetricOptions } from './metric.js';
import { weightedMean } from './weighted-mean.js';

/** True and predicted values, with the weight of each row. */
export interface RegressionErrors {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly weights: Float64Array;
  readonly totalWeight: number;
}

/**
 * @throws `invalid-data` if the two or the weights differ in length, or have no rows; `invalid-target` if a target value is not a finite
 * number.
 */
export function regressionErrors(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options: MetricOptions = {},
): RegressionErrors {
  const { values: actual } = TargetValues.from(yTrue);
  const { values: predicted } = TargetValues.from(yPredicted);
  const n = actual.length;
  if (predicted.length !== n)
    throw new ChurnError(
      'invalid-data',
      `expected a prediction for each of ${n} target values, got ${predicted.length}`,
    );
  if (n === 0) throw new ChurnError('invalid-data', 'there are no rows to compare');
  const weights = sampleWeights(readMetricOptions(options), n) ?? new Float64Array(n).fill(1);
  return { actual, predicted, weights, totalWeight: weights.reduce((sum, weight) => sum + weight, 0) };
}

/**
 * The weighted mean of `loss` over the rows; without `predicted`, of the predictions that the errors hold.
 */
export function meanLoss(
  errors: RegressionErrors,
  loss: (actual: number, predicted: number) => number,
  predicted: (row: number) => number = (row) => errors.predicted[row],
): number {
  return weightedMean(
    errors.actual.map((actual, row) => loss(actual, predicted(row))),
    errors,
  );
}
