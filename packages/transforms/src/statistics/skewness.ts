import { mean } from '@churn/core';
import { binaryUnit } from './binary-unit.js';
import { standardDeviation } from './standard-deviation.js';

/**
 * The sample skewness of `values`, adjusted for bias as pandas' `skew` does it; `null` for fewer than three values, 0 if all are equal up
 * to rounding. The values must not be missing.
 *
 * `G1 = sqrt(n (n - 1)) / (n - 2) * m3 / m2^(3/2)` with the central moments m2 and m3, the adjusted Fisher-Pearson coefficient (Joanes
 * and Gill, "Comparing measures of sample skewness and kurtosis", 1998). Some versions of pandas treat moments below 1e-14 as 0; here the
 * skewness does not depend on the unit of the values.
 */
export function skewness(values: Float64Array): number | null {
  const n = values.length;
  if (n < 3) return null;
  if (standardDeviation(values) === 0) return 0;
  const perUnit = 1 / binaryUnit(values);
  const center = mean(values) * perUnit;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i] * perUnit - center;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  const variance = squares / n;
  return ((Math.sqrt(n * (n - 1)) / (n - 2)) * (cubes / n)) / (variance * Math.sqrt(variance));
}
