import { normalCdf } from '@churn/core';

/** A group of rows within which scores can be compared. */
export interface ScoredArms {
  readonly scores: Float64Array;
  readonly treated: Uint8Array;
}

/** A rank test of whether scores separate the treated rows. */
export interface RankTest {
  /** The ROC AUC: 0.5 without separation, 1 with perfect separation. */
  readonly auc: number;
  /** How probable so large an area is where the treatment is random. */
  readonly pValue: number;
}

/**
 * The test of Wilcoxon, Mann and Whitney, one-sided and by the normal distribution, over several groups: ranks are compared within each, and their
 * statistics add up (van Elteren, 1960). Of one group it is `mannwhitneyu(…, alternative='greater', method='asymptotic', use_continuity=False)` of scipy.
 */
export function rankTest(groups: readonly ScoredArms[]): RankTest {
  let [wins, pairs, variance] = [0, 0, 0];
  for (const { scores, treated } of groups) {
    const n = scores.length;
    const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
    const nTreated = treated.reduce((sum, arm) => sum + arm, 0);
    const nControl = n - nTreated;
    let [rankSum, ties] = [0, 0];
    for (let start = 0, end = 0; start < n; start = end) {
      while (end < n && scores[order[end]] === scores[order[start]]) end++;
      const size = end - start;
      for (let i = start; i < end; i++) rankSum += treated[order[i]] * ((start + 1 + end) / 2);
      ties += size * size * size - size;
    }
    wins += rankSum - (nTreated * (nTreated + 1)) / 2;
    pairs += nTreated * nControl;
    if (n > 1) variance += ((nTreated * nControl) / 12) * (n + 1 - ties / (n * (n - 1)));
  }
  const auc = wins / pairs;
  return { auc, pValue: variance === 0 ? 1 : normalCdf((pairs / 2 - wins) / Math.sqrt(variance)) };
}
