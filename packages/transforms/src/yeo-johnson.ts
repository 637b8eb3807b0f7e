import { expm1, log1p } from '@churn/core';
import type { NumberMap } from './numeric-columns.js';

/**
 * The Yeo-Johnson power transform of a value: a smooth, increasing function for values of either sign, which keeps 0 at 0.
 *
 * ```text
 * x >= 0:   ((x + 1)^lambda - 1) / lambda               or   log(x + 1)     where lambda = 0
 * x <  0:  -((1 - x)^(2 - lambda) - 1) / (2 - lambda)   or  -log(1 - x)     where lambda = 2
 * ```
 * `lambda` = 1 is the identity. `NaN` stays `NaN`. A result that overflows becomes the largest number, not infinity.
 *
 * Source: I.-K. Yeo and R. A. Johnson, "A new family of power transformations to improve normality or symmetry", Biometrika 87(4), 2000.
 */
export function yeoJohnson(value: number, lambda: number): number {
  if (lambda === 1) return value;
  return value >= 0 ? grow(log1p(value), lambda) : -grow(log1p(-value), 2 - lambda);
}

/**
 * The Yeo-Johnson transform of the value whose logarithm `sign(x) log(|x| + 1)` is known: computing it is most of the work, and it is the
 * same for every `lambda`.
 */
export function yeoJohnsonOfLog(log: number, lambda: number): number {
  return log >= 0 ? grow(log, lambda) : -grow(-log, 2 - lambda);
}

/** The Yeo-Johnson transform of each value. */
export function yeoJohnsonAll(values: Float64Array, lambda: number): Float64Array {
  if (lambda === 1) return values;
  const result = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    // Repeated values are common in columns of few values, and in trials that change one column at a time.
    const isRepeated = row > 0 && Object.is(values[row], values[row - 1]);
    result[row] = isRepeated ? result[row - 1] : yeoJohnson(values[row], lambda);
  }
  return result;
}

/** The value whose Yeo-Johnson transform is `value`; `NaN` if there is none, such as beyond `-1 / lambda`. */
export function inverseYeoJohnson(value: number, lambda: number): number {
  if (lambda === 1) return value;
  return value >= 0 ? shrink(value, lambda) : -shrink(-value, 2 - lambda);
}

/** The Yeo-Johnson transform with `lambda`. */
export function toYeoJohnson(lambda: number): NumberMap {
  return {
    one: (value) => yeoJohnson(value, lambda),
    all: (values) => yeoJohnsonAll(values, lambda),
  };
}

/** The inverse of the Yeo-Johnson transform with `lambda`. */
export function fromYeoJohnson(lambda: number): NumberMap {
  return { one: (value) => inverseYeoJohnson(value, lambda) };
}

/** `((x + 1)^power - 1) / power` of `log(x + 1)`, without cancellation for small `x` or `power`. */
function grow(log: number, power: number): number {
  const result = Math.abs(power) < Number.EPSILON ? log : expm1(power * log) / power;
  return Math.min(result, Number.MAX_VALUE);
}

function shrink(y: number, power: number): number {
  const log = Math.abs(power) < Number.EPSILON ? y : log1p(power * y) / power;
  return Math.min(expm1(log), Number.MAX_VALUE);
}
