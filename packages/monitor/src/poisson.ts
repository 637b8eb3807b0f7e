import { exp, type Random } from '@churn/core';

/** The mean from which the normal approximation is used. */
const MANY = 30;

/**
 * Draws from the Poisson distribution: below a mean of 30 by multiplying uniform numbers (Knuth, "The Art of Computer Programming", volume 2,
 * section 3.4.1), above by rounding a normal number.
 */
export function poisson(random: Random, mean: number): number {
  if (mean >= MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
