import { checkedProbabilities, type Labels, type StateReader, type Table } from '@churn/core';
import { type BetaFit, betaCalibration, betaLogOdds, betaValues, restoreBeta } from './beta-calibration.js';
import {
  type IsotonicFit,
  isotonicRegression,
  isotonicValues,
  restoreIsotonic,
} from './isotonic-regression.js';
import {
  plattScaling,
  restoreSigmoid,
  type SigmoidFit,
  sigmoidLogOdds,
  sigmoidValues,
} from './platt-scaling.js';
import {
  restoreTemperature,
  type TemperatureFit,
  temperatureScaling,
  temperatureValues,
} from './temperature-scaling.js';

/** A calibration method. */
export type CalibrationMethod = 'temperature' | 'beta' | 'sigmoid' | 'isotonic';

/** In order of their number of parameters. */
export const CALIBRATION_METHODS: readonly CalibrationMethod[] = [
  'temperature',
  'sigmoid',
  'beta',
  'isotonic',
];

/** A map from a score to a probability; a temperature maps all scores. */
export type Calibrator = SigmoidFit | IsotonicFit | BetaFit | TemperatureFit;

/** The raw scores of a model, or the log-odds of its probabilities. */
export type ScoreScale = 'score' | 'log-odds';

/** The calibrators fitted by a method: a temperature for all classes, otherwise one for two classes, or one per class. */
export function fitCalibrators(
  method: CalibrationMethod,
  scores: readonly Float64Array[],
  { codes }: Labels,
  weights: Float64Array | undefined,
): Calibrator[] {
  if (method === 'temperature') return [temperatureScaling(scores, codes, weights)];
  const fit = { sigmoid: plattScaling, beta: betaCalibration, isotonic: isotonicRegression }[method];
  return scores.map((score, k) => {
    const positive = scores.length === 1 ? 1 : k;
    const isPositive = Uint8Array.from(codes, (code) => (code === positive ? 1 : 0));
    return fit(score, isPositive, weights);
  });
}

/** The rows, used to locate errors. */
interface ScoredRows {
  readonly x: Table;
  readonly features: readonly string[];
}

/**
 * The probabilities of all classes, one array per class.
 *
 * @param rows without them, probabilities are not checked before they are divided by their sum.
 * @throws `invalid-data` if such a probability is invalid, with a fault per row.
 */
export function calibratedProbabilities(
  calibrators: readonly Calibrator[],
  scores: readonly Float64Array[],
  rows?: ScoredRows,
): Float64Array[] {
  const [first] = calibrators;
  if (methodOf(first) === 'temperature') return temperatureValues(first as TemperatureFit, scores);
  const columns = scores.map((score, k) => calibratedValues(calibrators[k], score));
  if (columns.length === 1) return [columns[0].map((p) => 1 - p), columns[0]];
  // Checked before the division by their sum, which would hide NaN.
  if (rows) checkedProbabilities(rows.x, rows.features, columns);
  for (let row = 0; row < columns[0].length; row++) {
    let sum = 0;
    for (const column of columns) sum += column[row];
    // An isotonic calibration may give all classes probability 0; they then share it equally.
    for (const column of columns) column[row] = sum > 0 ? column[row] / sum : 1 / columns.length;
  }
  return columns;
}

function calibratedValues(calibrator: Calibrator, scores: Float64Array): Float64Array {
  if ('slope' in calibrator) return sigmoidValues(calibrator, scores);
  if ('a' in calibrator) return betaValues(calibrator, scores);
  return isotonicValues(calibrator as IsotonicFit, scores);
}

/** The calibrated log-odds of the second of two classes; `undefined` for an isotonic calibration, whose probabilities may be 0 or 1. */
export function calibratedLogOdds(
  calibrator: Calibrator,
): ((scores: Float64Array) => Float64Array) | undefined {
  if ('slope' in calibrator) return (scores) => sigmoidLogOdds(calibrator, scores);
  if ('a' in calibrator) return (scores) => betaLogOdds(calibrator, scores);
  if ('temperature' in calibrator) return (scores) => scores.map((score) => score / calibrator.temperature);
  return undefined;
}

/** The method of a calibrator. */
export function methodOf(calibrator: Calibrator): CalibrationMethod {
  if ('slope' in calibrator) return 'sigmoid';
  if ('a' in calibrator) return 'beta';
  return 'temperature' in calibrator ? 'temperature' : 'isotonic';
}

/** The number of calibrators of a method for a number of classes. */
export function nCalibrators(method: CalibrationMethod, nClasses: number): number {
  return method === 'temperature' || nClasses === 2 ? 1 : nClasses;
}

/** @throws `model-file` if `state` is not that of a calibrator. */
export const restoredCalibrator: Record<CalibrationMethod, (state: StateReader) => Calibrator> = {
  sigmoid: restoreSigmoid,
  isotonic: restoreIsotonic,
  beta: restoreBeta,
  temperature: restoreTemperature,
};
