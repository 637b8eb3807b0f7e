import { type LabelsLike, readOptions } from '@churn/core';
import type { Scores } from './metric.js';
import { rankedRows } from './ranked-rows.js';
import { type CurveOptions, curveParameters } from './roc-curve.js';
import { keepThresholds, thresholdCounts } from './threshold-counts.js';

/** Points of a precision-recall curve, by descending recall; the last, beyond any threshold, is precision 1 and recall 0. */
export interface PrecisionRecallCurve {
  /** Of the rows that score at least the threshold, the share that is positive. */
  readonly precision: Float64Array;
  /** Of the positive rows, the share that scores at least the threshold. */
  readonly recall: Float64Array;
  /** The thresholds, ascending: one less than points. */
  readonly thresholds: Float64Array;
}

/**
 * Precision against recall of the positive class, at every score that occurs.
 *
 * @param options `dropIntermediate` omits points between others of the same recall; default false.
 * @throws as `rocCurve`.
 */
export function precisionRecallCurve(
  yTrue: LabelsLike,
  scores: Scores,
  options?: CurveOptions,
): PrecisionRecallCurve {
  const { dropIntermediate, ...ranking } = readOptions(curveParameters, options);
  const all = thresholdCounts(rankedRows(yTrue, scores, ranking));
  const hits = all.truePositives;
  const { thresholds, truePositives, falsePositives } = dropIntermediate
    ? keepThresholds(all, (i) => hits[i - 1] !== hits[i] || hits[i] !== hits[i + 1])
    : all;
  const n = thresholds.length;
  const precision = new Float64Array(n + 1);
  const recall = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    precision[n - 1 - i] = truePositives[i] / (truePositives[i] + falsePositives[i]);
    recall[n - 1 - i] = truePositives[i] / truePositives[n - 1];
  }
  precision[n] = 1;
  return { precision, recall, thresholds: thresholds.slice().reverse() };
}
