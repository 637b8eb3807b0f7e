import { log } from '@churn/core';

/**
 * The mutual information, in nats, of a grouping of rows and two classes: the sum of `p(g, c) log(p(g, c) / (p(g) p(c)))`
 * over groups g and classes c (Shannon, "A mathematical theory of communication", 1948). As `mutual_info_score` of
 * scikit-learn, not below 0; 0 of no rows.
 *
 * @param rows how many rows each group has.
 * @param positives how many of them are of the positive class.
 */
export function mutualInformation(rows: ArrayLike<number>, positives: ArrayLike<number>): number {
  let n = 0;
  let nPositive = 0;
  for (let g = 0; g < rows.length; g++) {
    n += rows[g];
    nPositive += positives[g];
  }
  let sum = 0;
  for (let g = 0; g < rows.length; g++) {
    const negatives = rows[g] - positives[g];
    if (positives[g] > 0) sum += (positives[g] / n) * log((positives[g] / rows[g]) * (n / nPositive));
    if (negatives > 0) sum += (negatives / n) * log((negatives / rows[g]) * (n / (n - nPositive)));
  }
  return Math.max(0, sum);
}
