import { isList, type LabelsLike, type OptionsOf, parameter } from '@churn/core';
import { metricParameters } from './metrics/metric.js';
import type { Scoring } from './scoring.js';
import type { Splitter } from './splitters/splitter.js';

export const crossValParameters = {
  /** The splits, or a number of folds: stratified ones for classes, unshuffled. Default 5. */
  cv: parameter<Splitter | number>('a splitter, or a number of folds from 2', isAnything),
  /** The groups that some splitters keep together, one label per row. */
  groups: parameter<LabelsLike>('labels, one per row', isList as (value: unknown) => value is LabelsLike),
  /** How much each row counts, in fits and in scores. Default 1 each. */
  sampleWeight: metricParameters.sampleWeight,
};

/** How rows are divided and weighted in a cross-validation. */
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
