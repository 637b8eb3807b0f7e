import type { LabelsLike } from '@churn/core';
import { accuracy } from '../metrics/accuracy.js';
import { falsePositiveRate } from '../metrics/false-positive-rate.js';
import { precision, recall } from '../metrics/precision-recall-f1.js';
import type { RankingOptions } from '../metrics/ranked-rows.js';
import { selectionRate } from '../metrics/selection-rate.js';
import { type TwoClassCounts, twoClassCounts } from '../metrics/two-class-counts.js';

/** A share of rows as what it divides. */
interface Share {
  readonly successes: number;
  readonly n: number;
}

/** A metric that is a share of rows of two classes. */
export type Rate =
  | typeof accuracy
  | typeof selectionRate
  | typeof recall
  | typeof precision
  | typeof falsePositiveRate;

const SHARES = new Map<unknown, (counts: TwoClassCounts) => Share>([
  [accuracy, ({ right, total }) => ({ successes: right, n: total })],
  [selectionRate, ({ positives, total }) => ({ successes: positives, n: total })],
  [recall, ({ truePositives, actual }) => ({ successes: truePositives, n: actual })],
  [precision, ({ truePositives, positives }) => ({ successes: truePositives, n: positives })],
  [falsePositiveRate, ({ falsePositives, negatives }) => ({ successes: falsePositives, n: negatives })],
]);

export function isRate(metric: unknown): metric is Rate {
  return SHARES.has(metric);
}

/** What a metric divides by what. */
export function rateShare(
  rate: Rate,
): (yTrue: LabelsLike, yPredicted: LabelsLike, options: RankingOptions) => Share {
  const share = SHARES.get(rate) as (counts: TwoClassCounts) => Share;
  return (yTrue, yPredicted, options) => share(twoClassCounts(yTrue, yPredicted, options));
}
