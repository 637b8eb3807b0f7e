import type { LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { type OneVsRestOptions, oneVsRest } from './one-vs-rest.js';
import type { RankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * The area under the ROC curve: the probability that a row of the positive class scores higher than one of the negative, where equal
 * scores count half (Hanley and McNeil, 1982).
 *
 * Of more than two classes, with an array of scores a class: the average of the areas of each class against the others.
 *
 * @param yTrue the true class of each row.
 * @param scores a score for each row, higher for the positive class: a probability, or any increasing function of one; or an array of
 * them a class.
 * @throws `invalid-target` if a class has no rows, or there is no array a class and other than two classes, or it is not known which is
 * the positive one; `invalid-data` if the scores or weights are of another number, or a score is `NaN`.
 */
export function rocAuc(yTrue: LabelsLike, scores: Scores, options?: OneVsRestOptions): number {
  return oneVsRest(yTrue, scores, options, areaUnderRoc, true);
}

function areaUnderRoc(rows: RankedRows): number {
  const { truePositives, falsePositives } = thresholdCounts(rows);
  let area = 0;
  let hits = 0;
  let alarms = 0;
  for (let i = 0; i < truePositives.length; i++) {
    area += ((falsePositives[i] - alarms) * (truePositives[i] + hits)) / 2;
    hits = truePositives[i];
    alarms = falsePositives[i];
  }
  return area / (hits * alarms);
}
