import { isNumber, type OptionsOf, parameter, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { centre, centring, isCentring, uncentre } from './linear-map.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; default all numeric columns. */
  columns: columnNames(),
  /** The percentiles whose difference is the scale; default `[25, 75]`. */
  quantileRange: withDefault(
    parameter('two ascending percentiles from 0 to 100', isPercentileRange),
    [25, 75],
  ),
};

export type RobustScalerOptions = OptionsOf<typeof parameters>;

/**
 * Scales numeric columns to median 0 and a distance of 1 between two percentiles: `(value - median) / range`. Unlike mean and standard
 * deviation, these are robust to outliers.
 *
 * Missing values are ignored at `fit` and stay missing. A column whose percentiles are equal is only centred; one without any value at
 * `fit` is unchanged.
 *
 * ```ts
 * new RobustScaler().fit(train).state; // { columns: { limit: { center: 4515, scale: 8544.5 } } }
 * ```
 */
export class RobustScaler extends numericTransformer({
  type: 'RobustScaler',
  parameters,
  learned: { columns: isCentring },
  learn(values, { quantileRange: [low, high] }, { name }) {
    const [lowest, center, highest] = quantiles(values, [low / 100, 0.5, high / 100]);
    return { columns: centring(name, center, highest - lowest || 1) };
  },
  apply: ({ columns }) => centre(columns),
  invert: ({ columns }) => uncentre(columns),
}) {}

/** The medians and ranges that a `RobustScaler` has learned. */
export type FittedRobustScaler = FittedBy<typeof RobustScaler>;

/** The median (`center`) and the difference of the percentiles (`scale`) of each column; `null` if it had no value. */
export type RobustScalerState = FittedRobustScaler['state'];

function isPercentileRange(value: unknown): value is readonly [low: number, high: number] {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] < value[1] && value[1] <= 100;
}
