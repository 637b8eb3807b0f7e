import {
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  required,
  requireParameter,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { averageFigures, type Figures, figuresOf } from './class-figures.js';
import { compare } from './comparison.js';
import { metricParameters } from './metric.js';
import { positiveCode, positiveParameters } from './positive-class.js';

const positiveOptions = {
  ...metricParameters,
  /** The positive class. Default that of the labels. Only with `average: 'binary'`. */
  positive: positiveParameters.positive,
  /**
   * `'binary'` is the metric of one class. Over the classes with a row or a prediction, `'macro'` is the mean, `'weighted'` the mean
   * weighted by rows, and `'micro'` counts the rows of all classes together. Default `'binary'`.
   */
  average: withDefault(oneOf(['binary', 'macro', 'micro', 'weighted']), 'binary'),
  /** The value of a metric that divides by 0: precision without predicted rows, recall without actual ones. Default 0. */
  zeroDivision: withDefault(oneOf([0, 1]), 0),
};

export type PositiveOptions = OptionsOf<typeof positiveOptions>;

const fBetaOptions = {
  ...positiveOptions,
  /** The weight of recall relative to precision, at least 0. */
  beta: required(numberParameter({ from: 0 })),
};

export type FBetaOptions = OptionsOf<typeof fBetaOptions>;

export interface PrecisionRecallF1 {
  /** The share of positive rows among those predicted positive. `zeroDivision` if none was predicted positive. */
  readonly precision: number;
  /** The share of positive rows that were predicted positive. `zeroDivision` if there are none. */
  readonly recall: number;
  /** The harmonic mean of precision and recall; 0 if both are 0. */
  readonly f1: number;
}

/**
 * Precision, recall and F1 of one class, or averaged over the classes.
 *
 * @throws `invalid-parameter` if `positive` is not a class, or is missing for more than two classes, or an option is invalid;
 * `invalid-target` if the positive class of two is unknown; and as `confusionMatrix`.
 */
export function precisionRecallF1(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options?: PositiveOptions,
): PrecisionRecallF1 {
  const settings = readOptions(positiveOptions, options);
  const { precision, recall, fBeta } = figures(yTrue, yPredicted, 1, settings);
  return { precision, recall, f1: fBeta };
}

/** Precision of one class, or averaged; see `precisionRecallF1`. */
export function precision(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).precision;
}

/** Recall of one class, or averaged; see `precisionRecallF1`. */
export function recall(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).recall;
}

/** F1 of one class, or averaged; see `precisionRecallF1`. */
export function f1(yTrue: LabelsLike, yPredicted: LabelsLike, options?: PositiveOptions): number {
  return precisionRecallF1(yTrue, yPredicted, options).f1;
}

/**
 * F-beta of one class, or averaged: `(1 + beta^2) P R / (beta^2 P + R)` of precision `P` and recall `R`.
 * @throws as `precisionRecallF1`.
 */
export function fBeta(yTrue: LabelsLike, yPredicted: LabelsLike, options: FBetaOptions): number {
  const { beta, ...settings } = readOptions(fBetaOptions, options);
  return figures(yTrue, yPredicted, beta, settings).fBeta;
}

function figures(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  beta: number,
  { positive, average, zeroDivision, sampleWeight }: SettingsOf<typeof positiveOptions>,
): Figures {
  const comparison = compare(yTrue, yPredicted, { sampleWeight });
  if (average !== 'binary') {
    requireParameter(positive === undefined, 'positive', `none with average ${average}`, positive);
    return averageFigures(comparison, average, beta, zeroDivision);
  }
  const { classes, right, predicted, actual } = comparison;
  const expected = `one of the ${classes.length} classes, or an average other than binary`;
  requireParameter(classes.length === 2 || positive !== undefined, 'positive', expected, positive);
  const code = positiveCode(classes, positive, comparison.positive);
  return figuresOf(right[code], predicted[code], actual[code], beta, zeroDivision);
}
