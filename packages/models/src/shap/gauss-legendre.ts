import { cos } from '@churn/core';

/** Points between 0 and 1, and their weights, which add up to 1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss-Legendre rule of n points: the weighted sum of a polynomial's values at the points is its integral from 0 to 1, exact up to
 * degree 2n - 1. The points are the roots of the Legendre polynomial, found by Newton's method (Abramowitz and Stegun, "Handbook of
 * mathematical functions", 25.4.29, with the guess of 22.16.6).
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    // Newton's method doubles the number of correct digits with each step, starting from at least three.
    for (let step = 0; step < 6; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++)
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    points[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
