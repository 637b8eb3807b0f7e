import { exp, square } from '@churn/core';

/**
 * The probability that Kolmogorov's limiting distribution exceeds `x` (A. Kolmogorov, 1933): `2 Σ (-1)^(k - 1) exp(-2 k² x²)`, or for small
 * `x`, where that converges slowly, the other form of the same theta function. It is `kstwobign.sf` of scipy.
 */
export function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= 5; k++) sum += exp(-square((2 * k - 1) * Math.PI) / (8 * square(x)));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 5; k++) sum += (k % 2 === 1 ? 1 : -1) * exp(-2 * square(k * x));
  return Math.min(2 * sum, 1);
}
