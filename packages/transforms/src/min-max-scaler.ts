import { booleanParameter, isNumber, type OptionsOf, parameter, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { centre, centring, isCentring, uncentre } from './linear-map.js';
import type { NumberMap } from './numeric-columns.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; default all numeric columns. */
  columns: columnNames(),
  /** The range of the output; default `[0, 1]`. */
  featureRange: withDefault(parameter('two ascending numbers whose difference is finite', isRange), [0, 1]),
  /** Whether later values beyond those of `fit` are clipped to the range; default `false`. */
  clip: withDefault(booleanParameter(), false),
};

export type MinMaxScalerOptions = OptionsOf<typeof parameters>;

/**
 * Scales numeric columns to a range: the smallest value at `fit` to its low end, the largest to its high end.
 *
 * Missing values are ignored at `fit` and stay missing. A constant column becomes the low end; one without any value at `fit` is
 * unchanged.
 *
 * ```ts
 * new MinMaxScaler({ featureRange: [-1, 1] }).fitTransform(train).output;
 * ```
 */
export class MinMaxScaler extends numericTransformer({
  type: 'MinMaxScaler',
  parameters,
  keeps: ['featureRange', 'clip'],
  learned: { columns: isCentring },
  learn(values, { featureRange: [low, high] }, { name }) {
    const [smallest, largest] = quantiles(values, [0, 1]);
    const scale = (largest - smallest || 1) / (high - low);
    return { columns: centring(name, smallest - low * scale, scale) };
  },
  apply: ({ columns }, { featureRange, clip }) =>
    clip ? clipped(centre(columns), featureRange) : centre(columns),
  invert: ({ columns }) => uncentre(columns),
}) {}

/** The ranges that a `MinMaxScaler` has learned. */
export type FittedMinMaxScaler = FittedBy<typeof MinMaxScaler>;

/** `value` becomes `(value - center) / scale`, clipped to the range if requested; `null` if a column had no value. */
export type MinMaxScalerState = FittedMinMaxScaler['state'];

function clipped({ one }: NumberMap, [low, high]: readonly [low: number, high: number]): NumberMap {
  return { one: (value) => Math.min(Math.max(one(value), low), high) };
}

function isRange(value: unknown): value is readonly [low: number, high: number] {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return value[0] < value[1] && value[1] - value[0] < Infinity;
}
