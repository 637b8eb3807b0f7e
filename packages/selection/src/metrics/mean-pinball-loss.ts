import {
  numberParameter,
  type OptionsOf,
  readOptions,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { metricParameters } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';

export const pinballParameters = {
  ...metricParameters,
  /** The level of the predicted quantile, from 0 to 1. Default 0.5, the median. */
  alpha: withDefault(numberParameter({ from: 0, to: 1 }), 0.5),
};

/** The options of quantile metrics. */
export type PinballOptions = OptionsOf<typeof pinballParameters>;

/**
 * The mean of `alpha (y - p)` where a prediction is too low, and of `(1 - alpha) (p - y)` if it is too high: the quantile `alpha` has the
 * lowest (Koenker and Bassett, 1978). At 0.5 it is half of `meanAbsoluteError`. Lower is better.
 *
 * @throws as `meanSquaredError`, and `invalid-parameter` if `alpha` is not from 0 to 1.
 */
export function meanPinballLoss(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: PinballOptions,
): number {
  const { alpha, ...ofMetric } = readOptions(pinballParameters, options);
  return meanLoss(regressionErrors(yTrue, yPredicted, ofMetric), pinball(alpha));
}

/** The loss of one row. */
export function pinball(alpha: number): (actual: number, predicted: number) => number {
  return (actual, predicted) =>
    actual >= predicted ? alpha * (actual - predicted) : (1 - alpha) * (predicted - actual);
}
