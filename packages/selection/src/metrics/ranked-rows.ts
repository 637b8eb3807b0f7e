import {
  ChurnError,
  type Labels,
  type LabelsLike,
  type OptionsOf,
  sampleWeights,
  twoClassLabels,
} from '@churn/core';
import type { Scores } from './metric.js';
import { positiveCode, type positiveParameters } from './positive-class.js';
import { isPerClass, scoreColumn, scoreColumns } from './score-columns.js';

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

/** The options of ranking metrics. */
export type RankingOptions = OptionsOf<typeof positiveParameters>;

/**
 * The rows of two classes with the scores of the positive one.
 *
 * @param isEitherWay whether the metric is the same for either class, by the scores of its own: one array per class then says all.
 * @throws `invalid-target` if `yTrue` has not exactly two classes with rows of some weight, or the positive class is unknown;
 * `invalid-data` if the scores or weights do not fit; `invalid-parameter` if `positive` is not a class.
 */
export function rankedRows(
  yTrue: LabelsLike,
  scores: Scores,
  options: RankingOptions,
  isEitherWay = false,
): RankedRows {
  const labels = twoClassLabels(yTrue);
  const columns = isPerClass(scores) ? scoreColumns(scores, labels) : undefined;
  const known = columns && isEitherWay ? labels.classes[1] : labels.positive;
  const positive = positiveCode(labels.classes, options.positive, known);
  const column = columns ? columns[positive] : scoreColumn(scores as ArrayLike<number>, labels.length);
  const weights = sampleWeights(options, labels.length);
  requireWeightOfEachClass(labels, weights);
  return { codes: labels.codes, positive, scores: column, ...(weights && { weights }) };
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
    `the class ${JSON.stringify(labels.classes[code])} has ${rows}, so its score against the others is undefined; ` +
      'score more rows at once, or stratify the folds',
  );
}
