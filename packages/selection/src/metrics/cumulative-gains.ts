import { type LabelsLike, readOptions } from '@churn/core';
import type { Scores } from './metric.js';
import { positiveParameters } from './positive-class.js';
import { type RankingOptions, rankedRows } from './ranked-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/** Points of a gains curve, from (0, 0) to (1, 1), one for each score that occurs. */
export interface CumulativeGains {
  /** The share of all rows that score at least the threshold. */
  readonly share: Float64Array;
  /** The share of the positive rows that score at least the threshold. */
  readonly gain: Float64Array;
  /** The thresholds, descending; the first is `Infinity`. */
  readonly thresholds: Float64Array;
}

/**
 * The cumulative gains curve: the share of positive rows among the rows with the highest scores. Rows of equal scores are taken together.
 *
 * @throws as `rocCurve`.
 */
export function cumulativeGains(
  yTrue: LabelsLike,
  scores: Scores,
  options?: RankingOptions,
): CumulativeGains {
  const { thresholds, truePositives, falsePositives } = thresholdCounts(
    rankedRows(yTrue, scores, readOptions(positiveParameters, options)),
  );
  const n = thresholds.length;
  const positives = truePositives[n - 1];
  const total = positives + falsePositives[n - 1];
  const curve = {
    share: new Float64Array(n + 1),
    gain: new Float64Array(n + 1),
    thresholds: new Float64Array(n + 1),
  };
  curve.thresholds[0] = Infinity;
  for (let i = 0; i < n; i++) {
    curve.share[i + 1] = (truePositives[i] + falsePositives[i]) / total;
    curve.gain[i + 1] = truePositives[i] / positives;
    curve.thresholds[i + 1] = thresholds[i];
  }
  return curve;
}
