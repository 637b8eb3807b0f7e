import { log } from '@churn/core';
import { requireCounts, sharesOf } from './shares.js';

/**
 * The Jensen-Shannon distance of two samples counted in the same cells: the square root of the divergence to base 2, from 0 if they are
 * equal to 1 if they have no cell in common (D. M. Endres and J. E. Schindelin, "A new metric for probability distributions", 2003). It
 * is `jensenshannon(reference, current, base=2)` of scipy.
 *
 * @throws `invalid-parameter` unless both have the same number of non-negative counts, and some above 0.
 */
export function jensenShannon(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  requireCounts(reference, current);
  const now = sharesOf(current);
  const divergence = sharesOf(reference).reduce((sum, p, cell) => {
    const q = now[cell];
    const middle = (p + q) / 2;
    return sum + (p > 0 ? p * log(p / middle) : 0) + (q > 0 ? q * log(q / middle) : 0);
  }, 0);
  // Rounding may make the divergence of equal shares negative.
  return Math.sqrt(Math.min(Math.max(divergence / (2 * Math.LN2), 0), 1));
}
