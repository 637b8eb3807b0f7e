import { type CategoryColumn, square } from '@churn/core';
import type { Smoothing } from './smoothed-share.js';

/** The mean target of all rows, and that of each level that has rows. */
export interface LevelMeans {
  readonly prior: number;
  /** Indexed by level code; `NaN` for a level without rows. */
  readonly means: Float64Array;
}

/**
 * The mean target of each level, shrunk towards that of all rows, the prior.
 *
 * With `smoothing` m: `(sum + m prior) / (n + m)`. With `'auto'` the empirical-Bayes estimate `w mean + (1 - w) prior`,
 * `w = n V / (n V + v)`, where V is the variance of the target over all rows and v that within the level.
 *
 * Source: see `smoothedShare`; scikit-learn's `TargetEncoder` with `target_type='continuous'`.
 *
 * @param isUsed which rows to use; at least one.
 */
export function levelMeans(
  { codes, levels }: CategoryColumn,
  amounts: Float64Array,
  smoothing: Smoothing,
  isUsed: (row: number) => boolean = () => true,
): LevelMeans {
  // The extra element after the levels is for all rows.
  const all = levels.length;
  const rows = new Float64Array(all + 1);
  const sums = new Float64Array(all + 1);
  const squares = new Float64Array(all + 1);
  const forEach = (work: (place: number, amount: number) => void) => {
    for (let row = 0; row < codes.length; row++) {
      if (!isUsed(row)) continue;
      work(all, amounts[row]);
      if (codes[row] >= 0) work(codes[row], amounts[row]);
    }
  };
  forEach((place, amount) => {
    rows[place]++;
    sums[place] += amount;
  });
  const mean = sums.map((sum, place) => sum / rows[place]);
  forEach((place, amount) => {
    squares[place] += square(amount - mean[place]);
  });
  const prior = mean[all];
  const variance = squares[all] / rows[all];
  const drawn = (place: number) => {
    const n = rows[place];
    if (n === 0) return NaN;
    if (smoothing !== 'auto') return (sums[place] + smoothing * prior) / (n + smoothing);
    // With equal values every mean is the prior.
    if (variance === 0) return prior;
    const weight = (n * variance) / (n * variance + squares[place] / n);
    return weight * mean[place] + (1 - weight) * prior;
  };
  return { prior, means: Float64Array.from(levels, (_, code) => drawn(code)) };
}
