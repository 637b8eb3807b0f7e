import { binaryExponent, powerOfTwo } from '@churn/core';

/** Weights up to this many times above or below 1 are computed with as they are. */
const ORDINARY = 2 ** 32;

/**
 * What to divide weights by so that neither their sums nor their squares leave the range of numbers: 1 where their mean is not far
 * from it, otherwise a power of two near the mean, which is divided by without rounding. Weights of 0 do not count.
 */
export function weightUnit(weights: Float64Array): number {
  let largest = 0;
  for (const weight of weights) if (weight > largest) largest = weight;
  let sum = 0;
  let count = 0;
  for (const weight of weights) {
    // The sum of the weights themselves may be too large for a number.
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
