import { exp, expm1, log, log1p } from '@churn/core';

/**
 * The Box-Cox power transform of a positive value: `(x^lambda - 1) / lambda`, or `log(x)` where lambda = 0.
 *
 * `NaN` for what is not positive, and for `NaN`. A result too large for a number is the largest number, not infinity.
 *
 * Source: G. E. P. Box and D. R. Cox, "An analysis of transformations", Journal of the Royal Statistical Society B 26, 1964.
 */
export function boxCox(value: number, lambda: number): number {
  if (!(value > 0)) return NaN;
  const logarithm = log(value);
  const result = Math.abs(lambda) < Number.EPSILON ? logarithm : expm1(lambda * logarithm) / lambda;
  return Math.max(-Number.MAX_VALUE, Math.min(result, Number.MAX_VALUE));
}

/** The Box-Cox transform of each value. */
export function boxCoxAll(values: Float64Array, lambda: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) result[row] = boxCox(values[row], lambda);
  return result;
}

/** The value whose Box-Cox transform is `value`; `NaN` where there is none, beyond `-1 / lambda`. */
function inverseBoxCox(value: number, lambda: number): number {
  const logarithm = Math.abs(lambda) < Number.EPSILON ? value : log1p(lambda * value) / lambda;
  return Math.min(exp(logarithm), Number.MAX_VALUE);
}

/** The value of each Box-Cox transform. */
export function inverseBoxCoxAll(values: Float64Array, lambda: number): Float64Array {
  return values.map((value) => inverseBoxCox(value, lambda));
}
