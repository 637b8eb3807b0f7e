import type { LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { type OneVsRestOptions, oneVsRest } from './one-vs-rest.js';
import type { RankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * The area under the ROC curve: the probability that a positive row scores higher than a negative one, with ties counting half (Hanley
 * and McNeil, 1982).
 *
 * For more than two classes, with one array of scores per class: the one-vs-rest average of the areas.
 *
 * @param yTrue the true class of each row.
 * @param scores a score for each row, higher for the positive class: a probability, or any increasing function of one; or one array of
 * scores per class.
 * @throws `invalid-target` if a class has no rows, or there are not two classes and not one array per class, or the positive class is
 * unknown; `invalid-data` if the scores or weights differ in length, or a score is `NaN`.
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
