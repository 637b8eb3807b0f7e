import { ChurnError, isNumber, isPlainObject } from '@churn/core';
import type { NumberMap } from './numeric-columns.js';

/** The centre that a scaler subtracts from a column, and the scale that it divides by; the scale is never 0. */
export type Centring = { readonly center: number; readonly scale: number };

/** `(value - center) / scale`. A result that overflows becomes the largest number. */
export function centre(centring: Centring): NumberMap {
  const { center, scale } = centring;
  return {
    one: (value) => centred(value, center, scale),
    all: (values) => centredAll(values, centring),
  };
}

function centredAll(values: Float64Array, { center, scale }: Centring): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) result[row] = centred(values[row], center, scale);
  return result;
}

/** `value scale + center`: the inverse of `centre`, up to rounding. */
export function uncentre({ center, scale }: Centring): NumberMap {
  return { one: (value) => uncentred(value, center, scale) };
}

function centred(value: number, center: number, scale: number): number {
  const way = value - center;
  const result = way / scale;
  if (Number.isFinite(result) || !Number.isFinite(value)) return result;
  // The distance between opposite huge values overflows, but may not in units of a huge scale.
  return bounded(Number.isFinite(way) ? result : value / scale - center / scale);
}

function uncentred(value: number, center: number, scale: number): number {
  const result = value * scale + center;
  if (Number.isFinite(result) || !Number.isFinite(value)) return result;
  // A quarter of the distance is finite, even if the distance from the centre to a value overflows.
  return bounded(4 * ((value / 4) * scale + center / 4));
}

function bounded(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
}

/**
 * The centring of a column.
 * @throws `invalid-data` if the range of its values overflows, or is too small to divide by.
 */
export function centring(name: string, center: number, scale: number): Centring {
  if (scale === 0) {
    throw new ChurnError(
      'invalid-data',
      `column "${name}": the range of its values is too small to be scaled`,
    );
  }
  if (Number.isFinite(center) && Number.isFinite(scale)) return { center, scale };
  throw new ChurnError(
    'invalid-data',
    `column "${name}": the range of its values is beyond the largest number, ${Number.MAX_VALUE}`,
  );
}

export function isCentring(value: unknown): value is Centring {
  return isPlainObject(value) && isNumber(value.center) && isNumber(value.scale) && value.scale > 0;
}
