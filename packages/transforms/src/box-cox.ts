import { exp, expm1, log, log1p } from '@churn/core';
import type { NumberMap } from './numeric-columns.js';

/**
 * The Box-Cox power transform of a positive value: `(x^lambda - 1) / lambda`, or `log(x)` where lambda = 0.
 *
 * `NaN` for values that are not positive, and for `NaN`. A result that overflows becomes the largest number, not infinity.
 *
 * Source: G. E. P. Box and D. R. Cox, "An analysis of transformations", Journal of the Royal Statistical Society B 26, 1964.
 */
function boxCox(value: number, lambda: number): number {
  if (!(value > 0)) return NaN;
  const logarithm = log(value);
  const result = Math.abs(lambda) < Number.EPSILON ? logarithm : expm1(lambda * logarithm) / lambda;
  return Math.max(-Number.MAX_VALUE, Math.min(result, Number.MAX_VALUE));
}

/** The Box-Cox transform with `lambda`; as in scikit-learn, values that are not positive are an error. */
export function toBoxCox(lambda: number): NumberMap {
  return { one: (value) => boxCox(value, lambda), refusal: noBoxCox };
}

/** The inverse of the Box-Cox transform with `lambda`. */
export function fromBoxCox(lambda: number): NumberMap {
  return { one: (value) => inverseBoxCox(value, lambda) };
}

/** The reason a value has no Box-Cox transform; `undefined` if it has one, or is missing. */
export function noBoxCox(value: number): string | undefined {
  return value <= 0
    ? `expected a positive number for Box-Cox, got ${value}; yeo-johnson accepts any number`
    : undefined;
}

/** The value whose Box-Cox transform is `value`; `NaN` if there is none, beyond `-1 / lambda`. */
function inverseBoxCox(value: number, lambda: number): number {
  const logarithm = Math.abs(lambda) < Number.EPSILON ? value : log1p(lambda * value) / lambda;
  return Math.min(exp(logarithm), Number.MAX_VALUE);
}
