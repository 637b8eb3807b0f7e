import type { LabelsLike } from '@churn/core';
import { type CalibrationBins, type CalibrationOptions, calibrationBins } from './calibration-bins.js';
import type { Scores } from './metric.js';

/**
 * The calibration curve, or reliability diagram: the share of positive rows against the mean probability, in bins of the probability. For
 * a calibrated model, the two are equal. Bins without rows are left out.
 *
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if a probability is outside 0 to 1; and as `rocCurve`.
 */
export function calibrationCurve(
  yTrue: LabelsLike,
  probabilities: Scores,
  options?: CalibrationOptions,
): CalibrationBins {
  return calibrationBins(yTrue, probabilities, options, 5);
}
