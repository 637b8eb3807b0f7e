import { readOptions, type TargetValuesLike } from '@churn/core';
import { errorsToExplain, explainedShare } from './explained-share.js';
import { type TweedieOptions, tweedieParameters } from './mean-tweedie-deviance.js';
import { meanLoss } from './regression-errors.js';
import { requireTweedie, tweedieDeviance } from './tweedie-deviance.js';
import { weightedMean } from './weighted-mean.js';

/**
 * The share of the Tweedie deviance of a constant, the mean, that the model removes: 1 is perfect, 0 as good as the mean, and worse
 * models are below 0. With the power 0 it is `r2`.
 *
 * @throws as `meanTweedieDeviance`, and `invalid-data` for fewer than two rows.
 */
export function d2Tweedie(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: TweedieOptions,
): number {
  const { power, ...ofMetric } = readOptions(tweedieParameters, options);
  const errors = errorsToExplain('d2Tweedie', yTrue, yPredicted, ofMetric);
  requireTweedie(errors, power);
  const mean = weightedMean(errors.actual, errors);
  const deviance = tweedieDeviance(power);
  // Without any event the mean, and with it the deviance to be explained, is 0.
  const total = mean === 0 ? 0 : meanLoss(errors, deviance, () => mean);
  return explainedShare(meanLoss(errors, deviance), total);
}
