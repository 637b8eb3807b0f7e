import { ChurnError, type LabelsLike, twoClassLabels } from '@churn/core';

/**
 * The area under the ROC curve: the probability that a row of the positive class scores higher than one of the
 * negative, where equal scores count half.
 *
 * Computed from the ranks (Mann and Whitney, 1947), so that ties are exact.
 *
 * @param y the true class of each row; the second class is the positive one.
 * @param scores a score for each row, higher for the positive class: a probability, or any increasing function of one.
 * @throws `invalid-labels` where `y` has not exactly two classes with rows; `invalid-data` where `scores` has another
 *   length or a `NaN`.
 */
export function rocAuc(y: LabelsLike, scores: ArrayLike<number>): number {
  const labels = twoClassLabels(y);
  const n = labels.length;
  if (scores.length !== n) {
    throw new ChurnError('invalid-data', `expected ${n} scores, one for each label, got ${scores.length}`);
  }
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => scores[a] - scores[b]);
  let rankSum = 0;
  for (let start = 0; start < n; ) {
    const score = scores[order[start]];
    if (Number.isNaN(score))
      throw new ChurnError('invalid-data', `the score of row ${order[start]} is not a number`);
    let end = start;
    let positives = 0;
    while (end < n && scores[order[end]] === score) positives += labels.codes[order[end++]];
    // Equal scores share the mean of their ranks start + 1 … end.
    rankSum += (positives * (start + 1 + end)) / 2;
    start = end;
  }
  const [negatives, positives] = labels.counts();
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
