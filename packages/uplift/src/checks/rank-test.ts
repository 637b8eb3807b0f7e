import { normalCdf } from '@churn/core';

/** A group of rows with comparable scores. */
export interface ScoredArms {
  readonly scores: Float64Array;
  readonly treated: Uint8Array;
}

/** A rank test of whether scores separate the treated rows. */
export interface RankTest {
  /** The ROC AUC: 0.5 without separation, 1 with perfect separation. */
  readonly auc: number;
  /** The probability of an AUC at least as large if the treatment is random. */
  readonly pValue: number;
}

/**
 * The one-sided Wilcoxon-Mann-Whitney test with the normal approximation, stratified by group: ranks are computed within each group, and the
 * statistics are added (van Elteren, 1960). For one group it equals scipy's `mannwhitneyu(…, alternative='greater', method='asymptotic',
 * use_continuity=False)`.
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
