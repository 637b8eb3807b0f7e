import type { LabelsLike } from '@churn/core';

/** What a metric can be told besides the true classes and the predictions. */
export interface MetricOptions {
  /** How much each row counts, a number from 0 a row; a row of weight 2 counts as two equal rows. Default 1 each. */
  readonly sampleWeight?: ArrayLike<number>;
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
