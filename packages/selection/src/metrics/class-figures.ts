import type { ClassLabel } from '@churn/core';
import type { Comparison } from './comparison.js';

/** How the metrics of several classes are averaged; see `PrecisionRecallOptions`. */
export type Average = 'macro' | 'micro' | 'weighted';

/** The value of a metric that divides by 0. */
export type ZeroDivision = 0 | 1;

/** Precision, recall and the F-measure of one class, or of several taken together. */
export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly fBeta: number;
}

/** The figures of one class. */
export interface ClassFigures extends Figures {
  readonly label: ClassLabel;
  /** The weight of the rows of the class. */
  readonly support: number;
}

/**
 * Precision, recall and F-measure, `(1 + b^2) right / (b^2 actual + predicted)`, from the rows predicted right, predicted
 * and there (van Rijsbergen, 1979).
 */
export function figuresOf(
  right: number,
  predicted: number,
  actual: number,
  beta: number,
  zeroDivision: ZeroDivision,
): Figures {
  const share = (part: number, whole: number) => (whole === 0 ? zeroDivision : part / whole);
  const squared = beta * beta;
  return {
    precision: share(right, predicted),
    recall: share(right, actual),
    fBeta: share((1 + squared) * right, squared * actual + predicted),
  };
}

/** The figures of each class with a row or a prediction. */
export function classFigures(
  { classes, right, predicted, actual, present }: Comparison,
  beta: number,
  zeroDivision: ZeroDivision,
): ClassFigures[] {
  return present.map((code) => ({
    label: classes[code],
    ...figuresOf(right[code], predicted[code], actual[code], beta, zeroDivision),
    support: actual[code],
  }));
}

/** One figure for all classes with a row or a prediction. */
export function averageFigures(
  comparison: Comparison,
  average: Average,
  beta: number,
  zeroDivision: ZeroDivision,
): Figures {
  const { right, predicted, actual } = comparison;
  if (average === 'micro') return figuresOf(sum(right), sum(predicted), sum(actual), beta, zeroDivision);
  const figures = classFigures(comparison, beta, zeroDivision);
  const weights = figures.map(({ support }) => (average === 'weighted' ? support : 1));
  const total = sum(weights);
  const mean = (key: keyof Figures) => sum(figures.map((of, i) => of[key] * weights[i])) / total;
  return { precision: mean('precision'), recall: mean('recall'), fBeta: mean('fBeta') };
}

function sum(values: Float64Array | readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
