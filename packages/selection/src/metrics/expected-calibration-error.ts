import type { LabelsLike } from '@churn/core';
import { type CalibrationOptions, calibrationBins } from './calibration-bins.js';
import type { Scores } from './metric.js';

/**
 * The expected calibration error of the positive class: over bins of the probability, the mean distance between the share of
 * positive rows and the mean probability, each bin weighted by its rows (Naeini, Cooper and Hauskrecht, 2015). Lower is
 * better.
 *
 * @throws as `calibrationCurve`.
 */
export function expectedCalibrationError(
  yTrue: LabelsLike,
  probabilities: Scores,
  options?: CalibrationOptions,
): number {
  const bins = calibrationBins(yTrue, probabilities, options, 10);
  let error = 0;
  let total = 0;
  for (let bin = 0; bin < bins.counts.length; bin++) {
    error += bins.counts[bin] * Math.abs(bins.probTrue[bin] - bins.probPred[bin]);
    total += bins.counts[bin];
  }
  return error / total;
}
