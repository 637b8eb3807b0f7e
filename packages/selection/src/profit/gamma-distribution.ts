import { exp, log, logGamma } from '@churn/core';

const PRECISION = 1e-16;
const MAX_TERMS = 100_000;

/** The distribution function of the gamma distribution of scale 1: the regularised incomplete gamma function `P(shape, x)`, `gamma.cdf` of scipy. */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const front = exp(shape * log(x) - x - logGamma(shape));
  return x < shape + 1 ? front * series(x, shape) : 1 - front * continuedFraction(x, shape);
}

/** NIST Digital Library of Mathematical Functions, 8.7.1. */
function series(x: number, shape: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** NIST Digital Library of Mathematical Functions, 8.9.2, in its even form, by the method of W. J. Lentz (1976). */
function continuedFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}
