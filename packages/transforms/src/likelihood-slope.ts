import { exp } from '@churn/core';

/** Below this difference of exponents, the quotients would cancel, and the first terms of their series are exact. */
const FLAT = 0.02;

/**
 * The slope of the profile log-likelihood of the power `lambda`, divided by the number of values.
 *
 * With `L` the logs, `d = L - reference` and `T = (exp(lambda d) - 1) / lambda`, the transformed values are
 * `exp(lambda reference) T` and a constant, so the likelihood is `-½ log var(T) - lambda reference + lambda mean(L)`, and
 * its slope `mean(L) - reference - cov(T, dT/dlambda) / var(T)`.
 */
export function likelihoodSlope(logs: Float64Array): (lambda: number) => number {
  const n = logs.length;
  let smallest = Infinity;
  let largest = -Infinity;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const log = logs[i];
    if (log < smallest) smallest = log;
    if (log > largest) largest = log;
    sum += log;
  }
  return (lambda) => {
    // The largest power is 1: none overflows.
    const reference = lambda > 0 ? largest : smallest;
    const isFlat = Math.abs(lambda) * (largest - smallest) < FLAT;
    const perLambda = 1 / lambda;
    let sumT = 0;
    let sumD = 0;
    let sumTT = 0;
    let sumTD = 0;
    for (let i = 0; i < n; i++) {
      const d = logs[i] - reference;
      const z = lambda * d;
      let t: number;
      let derivative: number;
      if (isFlat) {
        t = d * (1 + (z / 2) * (1 + (z / 3) * (1 + (z / 4) * (1 + (z / 5) * (1 + z / 6)))));
        derivative = d * d * (1 / 2 + z * (1 / 3 + z * (1 / 8 + z * (1 / 30 + z * (1 / 144 + z / 840)))));
      } else {
        // Not expm1: few digits are lost near a power of 1 compared with the spread of the powers, and exp is twice as fast.
        const power = exp(z);
        t = (power - 1) * perLambda;
        derivative = (d * power - t) * perLambda;
      }
      sumT += t;
      sumD += derivative;
      sumTT += t * t;
      sumTD += t * derivative;
    }
    return sum / n - reference - (n * sumTD - sumT * sumD) / (n * sumTT - sumT * sumT);
  };
}

const MAX_STEPS = 20;
/** After a step of this size, the error is far smaller; steps of a tenth of it may be pure rounding. */
const LAST_STEP = 1e-8;

/**
 * The zero of the decreasing function `slope` by the secant method, starting at `guess`, where it falls by about `steepness`; `undefined`
 * if the iteration leaves the bounds or does not converge.
 */
export function zeroNear(
  slope: (lambda: number) => number,
  guess: number,
  steepness: number,
  [lower, upper]: readonly [lower: number, upper: number],
): number | undefined {
  let lambda = guess;
  let slopeHere = slope(lambda);
  let change = slopeHere / steepness;
  for (let step = 0; step < MAX_STEPS; step++) {
    lambda += change;
    if (!(lambda > lower && lambda < upper)) return undefined;
    if (Math.abs(change) < LAST_STEP * (1 + Math.abs(lambda))) return lambda;
    const slopeBefore = slopeHere;
    slopeHere = slope(lambda);
    if (slopeHere === 0) return lambda;
    change *= slopeHere / (slopeBefore - slopeHere);
  }
  return undefined;
}
