import { pow } from '@churn/core';

/**
 * Transforms a chi-square variable to an approximately standard normal one (E. B. Wilson and M. M. Hilferty, "The distribution of
 * chi-square", 1931).
 *
 * @param freedom above 0, and need not be whole.
 */
export function normalDeviate(chiSquare: number, freedom: number): number {
  const variance = 2 / (9 * freedom);
  return (pow(Math.max(chiSquare, 0) / freedom, 1 / 3) - (1 - variance)) / Math.sqrt(variance);
}
