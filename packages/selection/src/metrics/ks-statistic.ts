import type { LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { type OneVsRestOptions, oneVsRest } from './one-vs-rest.js';
import type { RankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * The Kolmogorov-Smirnov statistic: how far apart the scores of the two classes lie, as the greatest distance by which the
 * distribution of those of the positive class stays below that of the others. It is the greatest difference of true and false
 * positive rate, 1 where a threshold parts the classes (scipy's `ks_2samp(positive, negative, alternative='less')`).
 *
 * Of more than two classes, with an array of scores a class: the average over each class against the others.
 *
 * @throws as `rocAuc`.
 */
export function ksStatistic(yTrue: LabelsLike, scores: Scores, options?: OneVsRestOptions): number {
  return oneVsRest(yTrue, scores, options, greatestDistance, true);
}

function greatestDistance(rows: RankedRows): number {
  const { truePositives, falsePositives } = thresholdCounts(rows);
  const positives = truePositives[truePositives.length - 1];
  const negatives = falsePositives[falsePositives.length - 1];
  let most = 0;
  for (let i = 0; i < truePositives.length; i++) {
    most = Math.max(most, truePositives[i] / positives - falsePositives[i] / negatives);
  }
  return most;
}
