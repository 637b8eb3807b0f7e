import { type AmountsLike, type LabelsLike, type OptionsOf, parameter, readOptions } from '@churn/core';

export const metricParameters = {
  /** How much each row counts, a number from 0 a row; a row of weight 2 counts as two equal rows. Default 1 each. */
  sampleWeight: parameter('a list of weights, one a row', isWeights),
};

/** What a metric can be told besides the truth and the predictions. */
export type MetricOptions = OptionsOf<typeof metricParameters>;

/** @throws `invalid-parameter` for an option that no metric has. */
export function readMetricOptions(options: MetricOptions | undefined): MetricOptions {
  return readOptions(metricParameters, options);
}

function isWeights(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/**
 * Scores or probabilities: of the positive class, a number a row; or an array a class in the order of the classes, with a
 * number a row, as `predictProba` gives them.
 */
export type Scores = ArrayLike<number> | readonly ArrayLike<number>[];

/** Compares what was predicted with the true class of each row, in one number. */
export type Metric<P, O extends MetricOptions = MetricOptions> = (
  yTrue: LabelsLike,
  predictions: P,
  options?: O,
) => number;

/** Compares predicted with true amounts, in one number. */
export type AmountMetric<O extends MetricOptions = MetricOptions> = (
  yTrue: AmountsLike,
  yPredicted: AmountsLike,
  options?: O,
) => number;
