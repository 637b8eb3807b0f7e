import { Labels, type LabelsLike, requireParameter, sampleWeights } from '@churn/core';
import type { Scores } from './metric.js';
import { type RankedRows, type RankingOptions, rankedRows, requireWeightOfEachClass } from './ranked-rows.js';
import { isPerClass, scoreColumns } from './score-columns.js';

export interface OneVsRestOptions extends RankingOptions {
  /**
   * How the figures of more than two classes, each against the others, become one: `'macro'` is their mean, `'weighted'`
   * weights each by the rows of its class. Default `'macro'`.
   */
  readonly average?: 'macro' | 'weighted';
}

/** `metric` of the positive class of two, or the average over more classes, each against all the others. */
export function oneVsRest(
  yTrue: LabelsLike,
  scores: Scores,
  options: OneVsRestOptions,
  metric: (rows: RankedRows) => number,
  isEitherWay = false,
): number {
  const { average = 'macro' } = options;
  requireParameter(
    average === 'macro' || average === 'weighted',
    'average',
    "'macro' or 'weighted'",
    average,
  );
  const labels = Labels.from(yTrue);
  if (!isPerClass(scores) || labels.classes.length === 2) {
    return metric(rankedRows(labels, scores, options, isEitherWay));
  }

  const columns = scoreColumns(scores, labels);
  const weights = sampleWeights(options, labels.length);
  const totals = requireWeightOfEachClass(labels, weights);
  let sum = 0;
  let total = 0;
  columns.forEach((column, code) => {
    const share = average === 'weighted' ? totals[code] : 1;
    sum += share * metric({ codes: labels.codes, positive: code, scores: column, weights });
    total += share;
  });
  return sum / total;
}
