import { mean, square } from '@churn/core';
import { binaryUnit } from './binary-unit.js';

/**
 * The population standard deviation of `values` (divisor n), which must not be missing; `NaN` if there are none.
 *
 * It is exactly 0 if the values are equal up to rounding, that is, if their variance is within the error bound of the two-pass algorithm
 * that computes it, `n eps variance + (n eps mean)^2` (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983).
 * scikit-learn has the same rule; but its squares can overflow or vanish, whereas here they are in units of the largest value.
 */
export function standardDeviation(values: Float64Array): number {
  const n = values.length;
  const perUnit = 1 / binaryUnit(values);
  const center = mean(values) * perUnit;
  let rest = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i] * perUnit - center;
    rest += deviation;
    squares += deviation * deviation;
  }
  const variance = (squares - (rest * rest) / n) / n;
  const errorBound = n * Number.EPSILON * variance + square(n * Number.EPSILON * center);
  return variance <= errorBound ? 0 : Math.sqrt(variance) / perUnit;
}
