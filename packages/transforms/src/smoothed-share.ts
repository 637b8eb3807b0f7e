import type { LevelScore } from './level-scores.js';

/** How strongly the share of a level is shrunk towards the overall share: a number of rows, or estimated from the data. */
export type Smoothing = number | 'auto';

/**
 * The share of the positive class in a level of n rows, shrunk towards the share over all rows, the prior.
 *
 * With m rows: `(positives + m prior) / (n + m)`. With `'auto'` the empirical-Bayes estimate `w share + (1 - w) prior`,
 * `w = n V / (n V + v)`, where V = prior (1 - prior) is the variance of the target over all rows, v = share (1 - share) that within the
 * level. A level without rows has the prior.
 *
 * Source: D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes in classification and prediction
 * problems", 2001, equations 3 to 6; scikit-learn's `TargetEncoder`.
 */
export function smoothedShare(smoothing: Smoothing): LevelScore {
  return (positives, rows, all) => {
    const prior = all.positives / all.rows;
    if (rows === 0) return prior;
    if (smoothing !== 'auto') return (positives + smoothing * prior) / (rows + smoothing);
    const share = positives / rows;
    const between = rows * prior * (1 - prior);
    // With a single class, every share is the prior.
    if (between === 0) return prior;
    const weight = between / (between + share * (1 - share));
    return weight * share + (1 - weight) * prior;
  };
}
