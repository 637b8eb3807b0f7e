import { booleanParameter, type LabelsLike, type OptionsOf, readOptions } from '@churn/core';
import type { Scores } from './metric.js';
import { positiveParameters } from './positive-class.js';
import { rankedRows } from './ranked-rows.js';
import { keepThresholds, thresholdCounts } from './threshold-counts.js';

export const curveParameters = {
  ...positiveParameters,
  /** Whether to omit points that do not change the drawn curve. */
  dropIntermediate: booleanParameter(),
};

export type CurveOptions = OptionsOf<typeof curveParameters>;

/** Points of a ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Of the negative rows, the share that scores at least the threshold. */
  readonly fpr: Float64Array;
  /** Of the positive rows, the share that scores at least the threshold. */
  readonly tpr: Float64Array;
  /** The thresholds, descending; the first is `Infinity`, at which no row is predicted positive. */
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve of the positive class: false against true positive rates at every score that occurs.
 *
 * @param options `dropIntermediate` omits points on a straight line between others; default true.
 * @throws as `rocAuc`, and `invalid-target` for more than two classes.
 */
export function rocCurve(yTrue: LabelsLike, scores: Scores, options?: CurveOptions): RocCurve {
  const { dropIntermediate = true, ...ranking } = readOptions(curveParameters, options);
  const all = thresholdCounts(rankedRows(yTrue, scores, ranking));
  const bends = (counts: Float64Array, i: number) => counts[i + 1] - counts[i] !== counts[i] - counts[i - 1];
  const { thresholds, truePositives, falsePositives } = dropIntermediate
    ? keepThresholds(all, (i) => bends(all.truePositives, i) || bends(all.falsePositives, i))
    : all;
  return {
    fpr: rates(falsePositives),
    tpr: rates(truePositives),
    thresholds: withFirst(Infinity, thresholds),
  };
}

function rates(counts: Float64Array): Float64Array {
  const total = counts[counts.length - 1];
  return withFirst(
    0,
    counts.map((count) => count / total),
  );
}

function withFirst(first: number, values: Float64Array): Float64Array {
  const result = new Float64Array(values.length + 1);
  result[0] = first;
  result.set(values, 1);
  return result;
}
