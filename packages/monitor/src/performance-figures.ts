import { type ClassLabel, Labels, likeliestCodes } from '@churn/core';
import { brierScore, expectedCalibrationError, logLoss, rocAuc } from '@churn/selection';
import { type ClassOutcomes, decisionFigures } from './decision-figures.js';
import { sum } from './sum.js';

/**
 * Metrics of a model's probabilities and decisions. For more than two classes they are averages over the classes, one-vs-rest. A metric is
 * `null` if it is undefined, such as the precision if no row is predicted positive.
 */
export type PerformanceFigures = {
  readonly rocAuc: number | null;
  readonly logLoss: number | null;
  readonly brierScore: number | null;
  /** The expected calibration error with ten quantile bins. */
  readonly calibrationError: number | null;
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
};

/**
 * Computes the metrics of labelled rows.
 *
 * @param codes the index of each row's class.
 * @param threshold the decision threshold for two classes; `null` to predict the most likely class.
 */
export function performanceFigures(
  codes: Int32Array,
  probabilities: readonly ArrayLike<number>[],
  threshold: number | null,
): PerformanceFigures {
  const nClasses = probabilities.length;
  const labels = Labels.from(codes, { classes: probabilities.map((_, place) => place) });
  const counts = labels.counts();
  const rows = codes.length;
  const scores = nClasses === 2 ? probabilities[1] : probabilities;
  const hasAll = counts.every((count) => count > 0);
  return {
    rocAuc: hasAll ? rocAuc(labels, scores) : null,
    logLoss: rows > 0 ? logLoss(labels, probabilities) : null,
    brierScore: rows > 0 ? brierScore(labels, probabilities) : null,
    calibrationError: hasAll ? calibrationError(codes, probabilities) : null,
    ...decisionFigures(outcomesOf(codes, predictedCodes(probabilities, threshold), nClasses), rows),
  };
}

function calibrationError(codes: Int32Array, probabilities: readonly ArrayLike<number>[]): number {
  const places = probabilities.length === 2 ? [1] : probabilities.map((_, place) => place);
  const errors = places.map((place) => {
    const isOf: ClassLabel[] = Array.from(codes, (code) => code === place);
    const labels = Labels.from(isOf, { classes: [false, true] });
    return expectedCalibrationError(labels, probabilities[place], { strategy: 'quantile', nBins: 10 });
  });
  return sum(errors) / errors.length;
}

/** The index of the predicted class of each row. */
function predictedCodes(probabilities: readonly ArrayLike<number>[], threshold: number | null): Int32Array {
  if (threshold === null) return likeliestCodes(probabilities);
  return Int32Array.from(probabilities[1], (probability) => (probability >= threshold ? 1 : 0));
}

function outcomesOf(codes: Int32Array, predicted: Int32Array, nClasses: number): ClassOutcomes[] {
  const outcomes = Array.from({ length: nClasses }, () => ({ actual: 0, predicted: 0, truePositives: 0 }));
  codes.forEach((code, row) => {
    outcomes[code].actual++;
    outcomes[predicted[row]].predicted++;
    if (predicted[row] === code) outcomes[code].truePositives++;
  });
  return outcomes;
}
