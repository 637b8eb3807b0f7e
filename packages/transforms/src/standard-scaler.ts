import { isNumber, mean } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { centre, uncentre } from './linear-map.js';
import { numericTransformer } from './numeric-transformer.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; without it all numeric ones. */
  columns: columnNames(),
};

/**
 * Brings numeric columns to mean 0 and standard deviation 1: `(value - mean) / scale`, with the population standard
 * deviation (divisor n) as scale, as scikit-learn does.
 *
 * Missing values are passed over at `fit` and stay missing. A column that is constant up to rounding has scale 1; one
 * without a value at `fit` stays as it is.
 *
 * ```ts
 * new StandardScaler().fit(train).state; // { means: { age: 46.3 }, scales: { age: 8 } }
 * ```
 */
export class StandardScaler extends numericTransformer({
  type: 'StandardScaler',
  parameters,
  learned: { means: isNumber, scales: isScale },
  learn: (values) => ({
    means: mean(values),
    // A constant column, whose deviation is 0, is centred only.
    scales: standardDeviation(values) || 1,
  }),
  apply: ({ means, scales }) => centre({ center: means, scale: scales }),
  invert: ({ means, scales }) => uncentre({ center: means, scale: scales }),
}) {}

/** The means and scales that a `StandardScaler` has learned. */
export type FittedStandardScaler = FittedBy<typeof StandardScaler>;

/** What each column is centred on and divided by; `null` where it had no value. */
export type StandardScalerState = FittedStandardScaler['state'];

function isScale(value: unknown): value is number {
  return isNumber(value) && value > 0;
}
