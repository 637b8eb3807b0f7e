import { log } from '@churn/core';

/**
 * The mutual information, in nats, of two groupings of the same rows: the sum of `p(g, c) log(p(g, c) / (p(g) p(c)))`
 * over groups g and classes c (Shannon, "A mathematical theory of communication", 1948). As `mutual_info_score` of
 * scikit-learn, not below 0; 0 of no rows.
 *
 * @param counts for each class, how many of its rows each group has.
 */
export function mutualInformation(counts: readonly ArrayLike<number>[]): number {
  const ofClass = counts.map((ofGroups) => {
    let rows = 0;
    for (let g = 0; g < ofGroups.length; g++) rows += ofGroups[g];
    return rows;
  });
  const n = ofClass.reduce((rows, each) => rows + each, 0);
  let sum = 0;
  for (let g = 0; g < (counts[0]?.length ?? 0); g++) {
    let rows = 0;
    for (const ofGroups of counts) rows += ofGroups[g];
    counts.forEach((ofGroups, c) => {
      if (ofGroups[g] > 0) sum += (ofGroups[g] / n) * log((ofGroups[g] / rows) * (n / ofClass[c]));
    });
  }
  return Math.max(0, sum);
}
