import { exp, log, normalCdf } from '@churn/core';

/**
 * The probability that a chi-square variable exceeds `x`.
 *
 * By the recurrence of the incomplete gamma function (Abramowitz and Stegun 26.4.4 and 26.4.5), a sum of positive terms, so that small
 * probabilities keep their digits.
 *
 * @param freedom the degrees of freedom, an integer of at least 1.
 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 1;
  const half = x / 2;
  const isOdd = freedom % 2 === 1;
  let sum = isOdd ? 2 * normalCdf(-Math.sqrt(x)) : exp(-half);
  // half^a exp(-half) / Γ(a + 1), by its logarithm: for many degrees of freedom the first terms are too small for a number.
  let term = isOdd ? (log(half) - log(Math.PI)) / 2 + Math.LN2 - half : log(half) - half;
  for (let a = isOdd ? 0.5 : 1; a < freedom / 2; a++) {
    sum += exp(term);
    term += log(half / (a + 1));
  }
  return Math.min(sum, 1);
}
