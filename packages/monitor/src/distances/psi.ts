import { log } from '@churn/core';
import { requireCounts, sharesOf } from './shares.js';

/** No share counts as less: an empty cell would make the index infinite. */
const LEAST_SHARE = 1e-4;

/**
 * The population stability index of two samples counted in the same cells: the sum of `(q - p) ln(q / p)` over the cells, with `p` and
 * `q` the shares of the reference and of the current sample (Siddiqi, "Credit risk scorecards", 2006). By custom below 0.1 is little,
 * above 0.25 much. A share below 0.0001, as that of an empty cell, counts as 0.0001; Evidently puts the same instead of an empty cell.
 *
 * @throws `invalid-parameter` unless both have as many counts, from 0, and some above 0.
 */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  requireCounts(reference, current);
  const now = sharesOf(current);
  return sharesOf(reference).reduce((sum, share, cell) => {
    const p = Math.max(share, LEAST_SHARE);
    const q = Math.max(now[cell], LEAST_SHARE);
    return sum + (q - p) * log(q / p);
  }, 0);
}
