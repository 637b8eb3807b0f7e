import { exp, log, logGamma } from '@churn/core';

/** Terms below this share of the sum do not change it. */
const PRECISION = 1e-16;
const MAX_TERMS = 100_000;

/**
 * The probability that a chi-square variable exceeds `x`: the regularised upper incomplete gamma function `Q(freedom / 2, x / 2)`. It is
 * `chi2.sf` of scipy.
 */
export function chiSquareSurvival(x: number, freedom: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const a = freedom / 2;
  const z = x / 2;
  const front = exp(a * log(z) - z - logGamma(a));
  return z < a + 1 ? 1 - front * lowerSeries(a, z) : front * upperFraction(a, z);
}

/** The series 8.11.4 of the NIST Digital Library of Mathematical Functions. */
function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

/** The continued fraction 8.9.2 of the same library, by the method of W. J. Lentz (1976). */
function upperFraction(a: number, z: number): number {
  let b = z + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < PRECISION) break;
  }
  return value;
}
