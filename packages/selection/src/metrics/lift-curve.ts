import type { LabelsLike } from '@churn/core';
import { cumulativeGains } from './cumulative-gains.js';
import type { Scores } from './metric.js';
import type { RankingOptions } from './ranked-rows.js';

/** Points of a lift curve, one for each score that occurs. */
export interface LiftCurve {
  /** The share of all rows that score at least the threshold, above 0 and up to 1. */
  readonly share: Float64Array;
  /** The frequency of positive rows among these relative to all rows; the last is 1. */
  readonly lift: Float64Array;
  /** The thresholds, descending. */
  readonly thresholds: Float64Array;
}

/**
 * The lift curve: gain divided by share of `cumulativeGains`, the advantage of the highest scores over random selection.
 *
 * @throws as `rocCurve`.
 */
export function liftCurve(yTrue: LabelsLike, scores: Scores, options?: RankingOptions): LiftCurve {
  const gains = cumulativeGains(yTrue, scores, options);
  const share = gains.share.slice(1);
  return {
    share,
    lift: share.map((taken, i) => gains.gain[i + 1] / taken),
    thresholds: gains.thresholds.slice(1),
  };
}
