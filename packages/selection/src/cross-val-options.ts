import { isList, type LabelsLike, type OptionsOf, parameter } from '@churn/core';
import { metricParameters } from './metrics/metric.js';
import type { Scoring } from './scoring.js';
import type { Splitter } from './splitters/splitter.js';

export const crossValParameters = {
  /** The splitter, or the number of folds: unshuffled, and stratified for classes. Default 5. */
  cv: parameter<Splitter | number>('a splitter, or a number of folds of at least 2', isAnything),
  /** The groups that some splitters keep together, one label per row. */
  groups: parameter<LabelsLike>('labels, one per row', isList as (value: unknown) => value is LabelsLike),
  /** The weight of each row, in fits and in scores. Default 1 for each. */
  sampleWeight: metricParameters.sampleWeight,
};

/** The options of a cross-validation. */
export type CrossValOptions = OptionsOf<typeof crossValParameters>;

export const crossValScoreParameters = {
  ...crossValParameters,
  /**
   * A scorer or its name. Default `rocAuc` for classes, `r2` for regression and `concordance` for durations.
   */
  scoring: parameter<Scoring>('a scorer or its name', isAnything),
};

export type CrossValScoreOptions = OptionsOf<typeof crossValScoreParameters>;

/** For parameters whose reader says better what is wrong with them. */
export function isAnything<V>(value: unknown): value is V {
  return value !== undefined;
}
