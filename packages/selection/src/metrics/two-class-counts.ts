import { type LabelsLike, requireParameter } from '@churn/core';
import { compare } from './comparison.js';
import { positiveCode } from './positive-class.js';
import type { RankingOptions } from './ranked-rows.js';

/** How many rows of two classes were predicted how; with weights, their total weight. */
export interface TwoClassCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Rows that were predicted positive. */
  readonly positives: number;
  /** Rows that are of the positive class. */
  readonly actual: number;
  /** Rows that are of the negative class. */
  readonly negatives: number;
  /** Rows predicted correctly. */
  readonly right: number;
  readonly total: number;
}

/** @throws as `selectionRate`. */
export function twoClassCounts(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  { positive, sampleWeight }: RankingOptions,
): TwoClassCounts {
  const { classes, ...comparison } = compare(yTrue, yPredicted, { sampleWeight });
  const { actual, predicted, right, total } = comparison;
  requireParameter(classes.length === 2, 'yTrue', 'labels of two classes', classes);
  const code = positiveCode(classes, positive, comparison.positive);
  return {
    truePositives: right[code],
    falsePositives: predicted[code] - right[code],
    positives: predicted[code],
    actual: actual[code],
    negatives: actual[1 - code],
    right: right[0] + right[1],
    total,
  };
}
