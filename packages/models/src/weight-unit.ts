import { binaryExponent, powerOfTwo } from '@churn/core';

/** Weights within this factor of 1 are used unchanged. */
const ORDINARY = 2 ** 32;

/**
 * The divisor of weights that keeps their sums and squares from overflow: 1 if their mean is not far from 1, otherwise a power of two near
 * the mean, so that the division does not round. Weights of 0 are ignored.
 */
export function weightUnit(weights: Float64Array): number {
  let largest = 0;
  for (const weight of weights) if (weight > largest) largest = weight;
  let sum = 0;
  let count = 0;
  for (const weight of weights) {
    // The sum of the weights may overflow.
    sum += weight / largest;
    if (weight > 0) count++;
  }
  const mean = (sum / count) * largest;
  return count === 0 || (mean <= ORDINARY && mean >= 1 / ORDINARY) ? 1 : powerOfTwo(binaryExponent(mean));
}

/** Weights in a unit, as returned by `weightUnit`. */
export function inUnit(weights: Float64Array, unit: number): Float64Array {
  return unit === 1 ? weights : weights.map((weight) => weight / unit);
}
