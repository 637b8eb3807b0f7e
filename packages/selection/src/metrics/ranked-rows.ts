import { ChurnError, type Labels, type LabelsLike, sampleWeights, twoClassLabels } from '@churn/core';
import type { MetricOptions, Scores } from './metric.js';
import { positiveColumn } from './score-columns.js';

/** Rows of a positive class and others, with their scores. */
export interface RankedRows {
  /** The class of each row. */
  readonly codes: Int32Array;
  /** The class that is positive; every other is negative. */
  readonly positive: number;
  /** A score for each row, higher for the positive class. */
  readonly scores: Float64Array;
  /** The weight of each row; without it 1. */
  readonly weights?: Float64Array;
}

/**
 * The rows of two classes with the scores of the second.
 *
 * @throws `invalid-target` where `yTrue` has not exactly two classes with rows of some weight; `invalid-data` where the
 *   scores or weights do not fit.
 */
export function rankedRows(yTrue: LabelsLike, scores: Scores, options: MetricOptions): RankedRows {
  const labels = twoClassLabels(yTrue);
  const column = positiveColumn(scores, labels);
  const weights = sampleWeights(options, labels.length);
  requireWeightOfEachClass(labels, weights);
  return { codes: labels.codes, positive: 1, scores: column, weights };
}

/** The total weight of the rows of each class. */
function classTotals({ classes, codes }: Labels, weights?: Float64Array): Float64Array {
  const totals = new Float64Array(classes.length);
  for (let row = 0; row < codes.length; row++) totals[codes[row]] += weights ? weights[row] : 1;
  return totals;
}

/**
 * The total weight of the rows of each class, none of which is 0.
 * @throws `invalid-target`, naming the class that has no rows of some weight.
 */
export function requireWeightOfEachClass(labels: Labels, weights?: Float64Array): Float64Array {
  const totals = classTotals(labels, weights);
  const code = totals.indexOf(0);
  if (code < 0) return totals;
  const rows = labels.codes.includes(code) ? 'rows of weight 0 only' : 'no rows';
  throw new ChurnError(
    'invalid-target',
    `the class ${JSON.stringify(labels.classes[code])} has ${rows}, so that its score against the others is undefined; ` +
      'score more rows at once, or stratify the folds',
  );
}
