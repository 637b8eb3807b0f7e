import {
  type ClassLabel,
  integerParameter,
  type LabelsLike,
  type OptionsOf,
  powerOfTwo,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import { type Average, averageFigures, classFigures } from './class-figures.js';
import { compare } from './comparison.js';
import { type MetricOptions, readMetricOptions } from './metric.js';
import type { PrecisionRecallF1 } from './precision-recall-f1.js';

/** A line of a report. */
export interface ReportFigures extends PrecisionRecallF1 {
  /** The number of rows; with weights, their total weight. */
  readonly support: number;
}

/** The figures of each class and their averages. */
export interface ClassificationReport {
  /** Of each class with a row or a prediction, in the order of the classes. */
  readonly classes: readonly ({ readonly label: ClassLabel } & ReportFigures)[];
  /** The share of rows predicted correctly. */
  readonly accuracy: number;
  /** The mean over the classes. */
  readonly macroAverage: ReportFigures;
  /** The mean over the classes, each weighted by its rows. */
  readonly weightedAverage: ReportFigures;
  /** Whether rows were weighted, so that supports need not be integers. */
  readonly isWeighted: boolean;
}

/**
 * Precision, recall, F1 and rows of each class, and their averages. `formatClassificationReport` formats it as text.
 * @throws as `confusionMatrix`.
 */
export function classificationReport(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options?: MetricOptions,
): ClassificationReport {
  const comparison = compare(yTrue, yPredicted, readMetricOptions(options));
  const figures = classFigures(comparison, 1, 0);
  const support = figures.reduce((sum, of) => sum + of.support, 0);
  const average = (kind: Average) => {
    const { precision, recall, fBeta } = averageFigures(comparison, kind, 1, 0);
    return { precision, recall, f1: fBeta, support };
  };
  return {
    classes: figures.map(({ label, precision, recall, fBeta, support }) => ({
      label,
      precision,
      recall,
      f1: fBeta,
      support,
    })),
    accuracy: average('micro').f1,
    macroAverage: average('macro'),
    weightedAverage: average('weighted'),
    isWeighted: options?.sampleWeight !== undefined,
  };
}

const formatParameters = {
  /** Decimals of the figures, from 0 to 20. Default 2. */
  digits: withDefault(integerParameter({ from: 0, to: 20 }), 2),
};

export type ReportFormat = OptionsOf<typeof formatParameters>;

/**
 * Formats a report like scikit-learn's `classification_report`; non-integer supports may differ in their last digit.
 *
 * @throws `invalid-parameter` if `digits` is invalid.
 */
export function formatClassificationReport(report: ClassificationReport, options?: ReportFormat): string {
  const { digits } = readOptions(formatParameters, options);
  requireParameter(isReport(report), 'report', 'what classificationReport gives', report);
  const { classes, accuracy, macroAverage, weightedAverage, isWeighted } = report;
  const names = classes.map(({ label }) => String(label));
  // Python counts characters, not the halves that some of them are stored in here.
  const length = (text: string) => [...text].length;
  const width = Math.max('weighted avg'.length, digits, ...names.map(length));
  const right = (text: string, to: number) => ' '.repeat(Math.max(0, to - length(text))) + text;
  const line = (name: string, ...cells: string[]) =>
    `${right(name, width)} ${cells.map((cell) => ` ${right(cell, 9)}`).join('')}`;
  const figure = (value: number) => fixed(value, digits);
  // scikit-learn counts in floats if no row at all is right, too.
  const isFloat = isWeighted || accuracy === 0;
  const count = (support: number) =>
    isFloat && Number.isInteger(support) ? `${support}.0` : String(support);
  const row = (name: string, { precision, recall, f1, support }: ReportFigures) =>
    line(name, figure(precision), figure(recall), figure(f1), count(support));
  return `${[
    line('', 'precision', 'recall', 'f1-score', 'support'),
    '',
    ...classes.map((figures, i) => row(names[i], figures)),
    '',
    line('accuracy', '', '', figure(accuracy), count(macroAverage.support)),
    row('macro avg', macroAverage),
    row('weighted avg', weightedAverage),
  ].join('\n')}\n`;
}

function isReport(report: unknown): boolean {
  const { classes, accuracy } = (report ?? {}) as Partial<ClassificationReport>;
  return Array.isArray(classes) && typeof accuracy === 'number';
}

/** A share with so many decimals, where a tie goes to the even digit as in Python; `toFixed` takes it up. */
function fixed(value: number, digits: number): string {
  // Halfway between two decimals are, of the numbers that a float holds, the odd multiples of 2^-(digits + 1) alone.
  const isTie = Math.abs((value * powerOfTwo(digits + 1)) % 2) === 1;
  const scale = Number(`1e${digits}`);
  const below = Math.floor(value * scale);
  return isTie && below % 2 === 0 ? (below / scale).toFixed(digits) : value.toFixed(digits);
}
