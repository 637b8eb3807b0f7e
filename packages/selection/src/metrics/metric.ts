import {
  type DurationsLike,
  isList,
  type LabelsLike,
  type OptionsOf,
  parameter,
  readOptions,
  type TargetValuesLike,
} from '@churn/core';

export const metricParameters = {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each row. */
  sampleWeight: parameter<ArrayLike<number>>('a list of weights, one per row', isNumbers),
};

/** The options of a metric. */
export type MetricOptions = OptionsOf<typeof metricParameters>;

/** @throws `invalid-parameter` for an unknown option. */
export function readMetricOptions(options: MetricOptions | undefined): MetricOptions {
  return readOptions(metricParameters, options);
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  if (!isList(value)) return false;
  return ArrayBuffer.isView(value) || Array.from(value).every((each) => typeof each === 'number');
}

/**
 * Scores or probabilities: of the positive class, one number per row; or one array per class in the order of the classes, with one number
 * per row, as returned by `predictProba`.
 */
export type Scores = ArrayLike<number> | readonly ArrayLike<number>[];

/** Compares predictions with the true classes, in one number. */
export type Metric<P, O extends MetricOptions = MetricOptions> = (
  yTrue: LabelsLike,
  predictions: P,
  options?: O,
) => number;

/** Compares predictions with true target values, in one number. */
export type RegressionMetric<O extends MetricOptions = MetricOptions> = (
  yTrue: TargetValuesLike,
  yPredicted: TargetValuesLike,
  options?: O,
) => number;

/** Compares survival at some times, an array per time with a probability per row, with durations, in one number. */
export type SurvivalMetric<O extends MetricOptions = MetricOptions> = (
  yTrue: DurationsLike,
  survival: readonly ArrayLike<number>[],
  times: ArrayLike<number>,
  options?: O,
) => number;

/** Compares risk scores, the higher the sooner the event, with durations, in one number. */
export type DurationMetric<O extends MetricOptions = MetricOptions> = (
  yTrue: DurationsLike,
  risk: ArrayLike<number>,
  options?: O,
) => number;
