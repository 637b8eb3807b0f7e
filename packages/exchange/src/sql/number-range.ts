import { powerOfTwo } from '@churn/core';

/**
 * The range of the non-missing values of an expression: from `low` to `high`, which may be infinite, and `tiny`, the smallest magnitude
 * of a non-zero value. Bounds are computed in doubles; rounding is monotonic, so they also apply to rounded results.
 */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly tiny: number;
}

const TINY = Number.MIN_VALUE;

/** Any number, including infinite ones. */
export const ANY_NUMBER: NumberRange = { low: -Infinity, high: Infinity, tiny: TINY };

/** The range of one or more constants. */
export function rangeOf(...values: readonly number[]): NumberRange {
  const known = values.filter((value) => !Number.isNaN(value));
  const sizes = known.filter((value) => value !== 0).map(Math.abs);
  return {
    low: known.reduce((low, value) => Math.min(low, value), Infinity),
    high: known.reduce((high, value) => Math.max(high, value), -Infinity),
    tiny: sizes.reduce((tiny, size) => Math.min(tiny, size), Infinity),
  };
}

/** From `low` to `high`. */
export function between(low: number, high: number): NumberRange {
  return { low, high, tiny: TINY };
}

export function unionOf(ranges: readonly NumberRange[]): NumberRange {
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
    tiny: Math.min(...ranges.map(({ tiny }) => tiny)),
  };
}

/** The range without infinite numbers. */
export function finitePart({ low, high, tiny }: NumberRange): NumberRange {
  return { low: Math.max(low, -Number.MAX_VALUE), high: Math.min(high, Number.MAX_VALUE), tiny };
}

/** The maximum magnitude. */
export function sizeOf({ low, high }: NumberRange): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

export function isFiniteRange(range: NumberRange): boolean {
  return sizeOf(range) <= Number.MAX_VALUE;
}

export function sumRange(a: NumberRange, b: NumberRange): NumberRange {
  const [low, high] = [a.low + b.low, a.high + b.high];
  const point = b.low === b.high ? b.low : a.low === a.high ? a.low : 0;
  return {
    low: Number.isNaN(low) ? -Infinity : low,
    high: Number.isNaN(high) ? Infinity : high,
    // A different double is at least as far away as the next representable one.
    tiny: Math.max(TINY, Math.abs(point) * POINT_SPACING),
  };
}

const POINT_SPACING = powerOfTwo(-54);

export function productRange(a: NumberRange, b: NumberRange): NumberRange {
  return { ...corners(a, b, (x, y) => x * y), tiny: a.tiny * b.tiny };
}

/** The range of quotients with a non-zero divisor. */
export function quotientRange(a: NumberRange, b: NumberRange): NumberRange {
  const tiny = a.tiny / Math.min(sizeOf(b), Number.MAX_VALUE);
  if (b.low > 0 || b.high < 0) return { ...corners(a, b, (x, y) => x / y), tiny };
  const size = sizeOf(a) / b.tiny;
  return { low: -size, high: size, tiny };
}

export function negated({ low, high, tiny }: NumberRange): NumberRange {
  return { low: -high, high: -low, tiny };
}

function corners(a: NumberRange, b: NumberRange, of: (x: number, y: number) => number) {
  // An infinite bound times 0 is NaN, but finite numbers times 0 are 0.
  const values = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)].map(
    (value) => value || 0,
  );
  return { low: Math.min(...values), high: Math.max(...values) };
}
