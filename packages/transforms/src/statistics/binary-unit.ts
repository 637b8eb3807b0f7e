import { binaryExponent, powerOfTwo } from '@churn/core';

/** The largest exponent whose power of two, and its inverse, are normal numbers. */
const MAX_EXPONENT = 1022;

/**
 * The largest power of two up to the largest magnitude in `values`; 1 if all are 0.
 *
 * Squares and cubes of `values[i] / unit` neither overflow nor vanish. Dividing by it, or multiplying by `1 / unit`, is exact.
 */
export function binaryUnit(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (magnitude > largest) largest = magnitude;
  }
  if (!(largest > 0 && largest < Infinity)) return 1;
  const exponent = binaryExponent(largest);
  return powerOfTwo(Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent)));
}
