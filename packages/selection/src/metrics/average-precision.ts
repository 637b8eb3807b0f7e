import type { LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { type OneVsRestOptions, oneVsRest } from './one-vs-rest.js';
import type { RankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * Average precision, the area under the steps of the precision-recall curve: the sum of `(R_i - R_(i-1)) P_i` over the thresholds, with
 * recall `R` and precision `P` (without interpolation, as in scikit-learn).
 *
 * For more than two classes, with one array of scores per class: the one-vs-rest average.
 *
 * @throws as `rocAuc`.
 */
export function averagePrecision(yTrue: LabelsLike, scores: Scores, options?: OneVsRestOptions): number {
  return oneVsRest(yTrue, scores, options, areaUnderSteps);
}

function areaUnderSteps(rows: RankedRows): number {
  const { truePositives, falsePositives } = thresholdCounts(rows);
  let area = 0;
  let hits = 0;
  for (let i = 0; i < truePositives.length; i++) {
    area += ((truePositives[i] - hits) * truePositives[i]) / (truePositives[i] + falsePositives[i]);
    hits = truePositives[i];
  }
  return area / hits;
}
