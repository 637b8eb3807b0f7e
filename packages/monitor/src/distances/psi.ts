import { log } from '@churn/core';
import { requireCounts, sharesOf } from './shares.js';

/** The minimum share: an empty cell would make the index infinite. */
const MIN_SHARE = 1e-4;

/**
 * The population stability index of two samples counted in the same cells: the sum of `(q - p) ln(q / p)` over the cells, with `p` and
 * `q` the shares of the reference and of the current sample (Siddiqi, "Credit risk scorecards", 2006). By convention,
 * below 0.1 is small and above 0.25 large. A share below 0.0001, such as that of an empty cell, counts as 0.0001; Evidently does the same for
 * empty cells.
 *
 * @throws `invalid-parameter` unless both have the same number of non-negative counts, and some above 0.
 */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  requireCounts(reference, current);
  const now = sharesOf(current);
  return sharesOf(reference).reduce((sum, share, cell) => {
    const p = Math.max(share, MIN_SHARE);
    const q = Math.max(now[cell], MIN_SHARE);
    return sum + (q - p) * log(q / p);
  }, 0);
}
