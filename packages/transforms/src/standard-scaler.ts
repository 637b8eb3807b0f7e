import { booleanParameter, isNumber, mean, type OptionsOf, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { centre, uncentre } from './linear-map.js';
import { numericTransformer } from './numeric-transformer.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; default all numeric columns. */
  columns: columnNames(),
  /** Whether to subtract the mean; default `true`. */
  withMean: withDefault(booleanParameter(), true),
  /** Whether to divide by the standard deviation; default `true`. */
  withStd: withDefault(booleanParameter(), true),
};

export type StandardScalerOptions = OptionsOf<typeof parameters>;

/**
 * Scales numeric columns to mean 0 and standard deviation 1: `(value - mean) / scale`, with the population standard deviation (divisor n)
 * as scale, as scikit-learn does. Without `withMean` the mean is taken as 0, and without `withStd` the scale as 1.
 *
 * Missing values are ignored at `fit` and stay missing. A column that is constant up to rounding has scale 1; one without any value at
 * `fit` is unchanged.
 *
 * ```ts
 * new StandardScaler().fit(train).state; // { means: { age: 46.3 }, scales: { age: 8 } }
 * ```
 */
export class StandardScaler extends numericTransformer({
  type: 'StandardScaler',
  parameters,
  learned: { means: isNumber, scales: isScale },
  learn: (values, { withMean, withStd }) => ({
    means: withMean ? mean(values) : 0,
    // A constant column, whose deviation is 0, is only centred.
    scales: (withStd && standardDeviation(values)) || 1,
  }),
  apply: ({ means, scales }) => centre({ center: means, scale: scales }),
  invert: ({ means, scales }) => uncentre({ center: means, scale: scales }),
}) {}

/** The means and scales that a `StandardScaler` has learned. */
export type FittedStandardScaler = FittedBy<typeof StandardScaler>;

/** What is subtracted from each column, and what it is then divided by; `null` if it had no value. */
export type StandardScalerState = FittedStandardScaler['state'];

function isScale(value: unknown): value is number {
  return isNumber(value) && value > 0;
}
