import { readOptions, type TargetValuesLike } from '@churn/core';
import { errorsToExplain, explainedShare } from './explained-share.js';
import { type PinballOptions, pinball, pinballParameters } from './mean-pinball-loss.js';
import { meanLoss } from './regression-errors.js';
import { weightedQuantile } from './weighted-quantile.js';

/**
 * The share of the pinball loss of a constant, the quantile `alpha` of the target, that the model removes: 1
 * is perfect, 0 as good as the constant, and worse models are below 0.
 *
 * @throws as `meanPinballLoss`, and `invalid-data` for fewer than two rows.
 */
export function d2Pinball(
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: PinballOptions,
): number {
  const { alpha, ...ofMetric } = readOptions(pinballParameters, options);
  const errors = errorsToExplain('d2Pinball', yTrue, yPredicted, ofMetric);
  const constant = weightedQuantile(errors.actual, errors.weights, alpha);
  const loss = pinball(alpha);
  return explainedShare(
    meanLoss(errors, loss),
    meanLoss(errors, loss, () => constant),
  );
}
