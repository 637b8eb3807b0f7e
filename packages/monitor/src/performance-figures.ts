import { type ClassLabel, Labels, likeliestCodes } from '@churn/core';
import { brierScore, expectedCalibrationError, logLoss, rocAuc } from '@churn/selection';
import { type ClassOutcomes, decisionFigures } from './decision-figures.js';
import { sum } from './sum.js';

/**
 * How good a model's probabilities and decisions are. Of more than two classes, averages over the classes, each against the others. `null`
 * where a figure is not defined, as the precision is where no row was called positive.
 */
export type PerformanceFigures = {
  readonly rocAuc: number | null;
  readonly logLoss: number | null;
  readonly brierScore: number | null;
  /** The expected calibration error, in ten groups of equally many rows. */
  readonly calibrationError: number | null;
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
};

/**
 * The figures of rows whose classes are known.
 *
 * @param codes the class of each row, as a place among the probabilities.
 * @param threshold from which probability on the second of two classes is predicted; `null` where the likeliest class is.
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

/** The place of the class that is predicted for each row. */
function predictedCodes(probabilities: readonly ArrayLike<number>[], threshold: number | null): Int32Array {
  if (threshold === null) return likeliestCodes(probabilities);
  return Int32Array.from(probabilities[1], (probability) => (probability >= threshold ? 1 : 0));
}

function outcomesOf(codes: Int32Array, predicted: Int32Array, nClasses: number): ClassOutcomes[] {
  const outcomes = Array.from({ length: nClasses }, () => ({ actual: 0, called: 0, hits: 0 }));
  codes.forEach((code, row) => {
    outcomes[code].actual++;
    outcomes[predicted[row]].called++;
    if (predicted[row] === code) outcomes[code].hits++;
  });
  return outcomes;
}
