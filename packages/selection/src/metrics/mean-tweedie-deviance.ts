import { type OptionsOf, parameter, readOptions, type TargetValuesLike, withDefault } from '@churn/core';
import { metricParameters } from './metric.js';
import { meanLoss, regressionErrors } from './regression-errors.js';
import { requireTweedie, tweedieDeviance } from './tweedie-deviance.js';

export const tweedieParameters = {
  ...metricParameters,
  /** The power of the variance, `variance ~ mean^power`: up to 0, or from 1. Default 0, the normal distribution. */
  power: withDefault(parameter('a number of at most 0, or at least 1', isPower), 0),
};

/** The options of deviance metrics. */
export type TweedieOptions = OptionsOf<typeof tweedieParameters>;

function isPower(value: unknown): value is number {
  return Number.isFinite(value) && ((value as number) <= 0 || (value as number) >= 1);
}

/**
 * The mean deviance of the rows under a Tweedie distribution of the power `power`: at 0 it is `meanSquaredError`, at 1
 * `meanPoissonDeviance` and at 2 `meanGammaDeviance`. Lower is better.
 *
 * @throws as `meanSquaredError`; `invalid-parameter` if `power` lies between 0 and 1; `invalid-target` if a prediction is not above 0
 * with any other power than 0, a target value is negative with a power between 1 and 2, or not above 0 with a power of at least 2.
 */
export function meanTweedieDeviance(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: TweedieOptions,
): number {
  const { power, ...ofMetric } = readOptions(tweedieParameters, options);
  const errors = regressionErrors(yTrue, yPredicted, ofMetric);
  requireTweedie(errors, power);
  return meanLoss(errors, tweedieDeviance(power));
}
