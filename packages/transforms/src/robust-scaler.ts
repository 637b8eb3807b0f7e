import { isNumber, type OptionsOf, parameter, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { centre, centring, isCentring, uncentre } from './linear-map.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; without it all numeric ones. */
  columns: columnNames(),
  /** The percentiles whose difference is the scale; default `[25, 75]`. */
  quantileRange: withDefault(parameter('two rising percentiles from 0 to 100', isPercentileRange), [25, 75]),
};

export type RobustScalerOptions = OptionsOf<typeof parameters>;

/**
 * Brings numeric columns to median 0, and to 1 as the distance between two percentiles: `(value - median) / range`. Unlike
 * a mean and a standard deviation, these hardly move with outliers.
 *
 * Missing values are passed over at `fit` and stay missing. A column whose percentiles are the same is centred only; one
 * without a value at `fit` stays as it is.
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

/** The median (`center`) and the difference of the percentiles (`scale`) of each column; `null` where it had no value. */
export type RobustScalerState = FittedRobustScaler['state'];

function isPercentileRange(value: unknown): value is readonly [low: number, high: number] {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] < value[1] && value[1] <= 100;
}
