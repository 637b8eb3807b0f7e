import {
  isNumber,
  isNumberOrNull,
  isPlainObject,
  type OptionsOf,
  parameter,
  requireParameter,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

const DEFAULT: readonly [low: number, high: number] = [0.05, 0.95];

const parameters = {
  /** The columns to bound; default all numeric columns. */
  columns: columnNames(),
  /** The shares of values below the lower and the upper bound; default `[0.05, 0.95]`, if there are no `bounds`. */
  quantiles: parameter('two ascending shares from 0 to 1', areShares),
  /** Fixed bounds for all columns, instead of quantiles; a side without one is open. */
  bounds: parameter(
    'an object with a number as lower, upper or both, the lower one no larger',
    areSomeBounds,
  ),
};

export type WinsorizerOptions = OptionsOf<typeof parameters>;

/** The bounds of a column's values; `null` on an open side. */
export type ColumnBounds = { readonly lower: number | null; readonly upper: number | null };

/**
 * Limits the values of numeric columns to quantiles of those at `fit`, or to fixed bounds: values beyond a bound become the bound.
 * Outliers remain the largest and smallest values, but lose their influence.
 *
 * Missing values are ignored at `fit` and stay missing; a column without any value at `fit` is unchanged.
 *
 * ```ts
 * new Winsorizer({ quantiles: [0.01, 0.99] }).fit(train).state; // { bounds: { limit: { lower: 1438, upper: 34516 } } }
 * ```
 */
export class Winsorizer extends numericTransformer({
  type: 'Winsorizer',
  parameters,
  check({ quantiles: shares, bounds }) {
    requireParameter(
      shares === undefined || bounds === undefined,
      'bounds',
      'none if there are quantiles',
      bounds,
    );
  },
  learned: { bounds: isColumnBounds },
  learn(values, { quantiles: shares = DEFAULT, bounds }) {
    if (bounds) return { bounds: { lower: bounds.lower ?? null, upper: bounds.upper ?? null } };
    const [lower, upper] = quantiles(values, shares);
    return { bounds: { lower, upper } };
  },
  apply({ bounds: { lower, upper } }) {
    const [least, most] = [lower ?? -Infinity, upper ?? Infinity];
    return { one: (value) => Math.min(Math.max(value, least), most) };
  },
}) {}

/** The bounds that a `Winsorizer` has learned. */
export type FittedWinsorizer = FittedBy<typeof Winsorizer>;

/** The bounds of each column; `null` if it had no value. */
export type WinsorizerState = FittedWinsorizer['state'];

function isColumnBounds(value: unknown): value is ColumnBounds {
  if (!isPlainObject(value) || !isNumberOrNull(value.lower) || !isNumberOrNull(value.upper)) return false;
  return (value.lower ?? -Infinity) <= (value.upper ?? Infinity);
}

function areSomeBounds(value: unknown): value is { readonly lower?: number; readonly upper?: number } {
  if (!isPlainObject(value)) return false;
  const { lower = null, upper = null, ...others } = value;
  if (Object.keys(others).length > 0 || (lower === null && upper === null)) return false;
  return isColumnBounds({ lower, upper });
}

function areShares(value: unknown): value is readonly [low: number, high: number] {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] <= value[1] && value[1] <= 1;
}
