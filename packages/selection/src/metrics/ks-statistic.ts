import type { LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { type OneVsRestOptions, oneVsRest } from './one-vs-rest.js';
import type { RankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * The Kolmogorov-Smirnov statistic: the largest difference between the true and the false positive rate, that is, the largest distance of
 * the score distribution of the positive class below that of the negative class; 1 if a threshold separates the classes (scipy's
 * `ks_2samp(positive, negative, alternative='less')`).
 *
 * For more than two classes, with one array of scores per class: the one-vs-rest average.
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
