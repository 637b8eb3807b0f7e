import type { RankedRows } from './ranked-rows.js';
import { scoreOrder } from './score-order.js';

/** What is called positive at each threshold: the total weight of the rows that score at least as much. */
export interface ThresholdCounts {
  /** The different scores, descending. */
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

/** Counts the true and false positives at every score that occurs. Rows of weight 0 are ignored. */
export function thresholdCounts({ codes, positive, scores, weights }: RankedRows): ThresholdCounts {
  const order = scoreOrder(scores);
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let last = -1;
  let hits = 0;
  let alarms = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i];
    const weight = weights === undefined ? 1 : weights[row];
    if (weight === 0) continue;
    if (codes[row] === positive) hits += weight;
    else alarms += weight;
    const score = scores[row];
    if (last < 0 || score !== thresholds[last]) thresholds[++last] = score;
    truePositives[last] = hits;
    falsePositives[last] = alarms;
  }
  const end = last + 1;
  return {
    thresholds: thresholds.subarray(0, end),
    truePositives: truePositives.subarray(0, end),
    falsePositives: falsePositives.subarray(0, end),
  };
}

/** The counts at the thresholds for which `keep` holds, and at the first and the last. */
export function keepThresholds(
  { thresholds, truePositives, falsePositives }: ThresholdCounts,
  keep: (i: number) => boolean,
): ThresholdCounts {
  const last = thresholds.length - 1;
  const isKept = (_: number, i: number) => i === 0 || i === last || keep(i);
  return {
    thresholds: thresholds.filter(isKept),
    truePositives: truePositives.filter(isKept),
    falsePositives: falsePositives.filter(isKept),
  };
}
