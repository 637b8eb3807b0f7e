import {
  Labels,
  type LabelsLike,
  type OptionsOf,
  oneOf,
  readOptions,
  sampleWeights,
  withDefault,
} from '@churn/core';
import type { Scores } from './metric.js';
import { positiveParameters } from './positive-class.js';
import { type RankedRows, rankedRows, requireWeightOfEachClass } from './ranked-rows.js';
import { isPerClass, scoreColumns } from './score-columns.js';

const parameters = {
  ...positiveParameters,
  /**
   * How one-vs-rest metrics of more than two classes are averaged: `'macro'` is their mean, `'weighted'` the mean weighted by rows.
   * Default `'macro'`.
   */
  average: withDefault(oneOf(['macro', 'weighted']), 'macro'),
};

export type OneVsRestOptions = OptionsOf<typeof parameters>;

/** `metric` of the positive class of two, or the average over more classes, each against all the others. */
export function oneVsRest(
  yTrue: LabelsLike,
  scores: Scores,
  options: OneVsRestOptions | undefined,
  metric: (rows: RankedRows) => number,
  isEitherWay = false,
): number {
  const { average, ...ranking } = readOptions(parameters, options);
  const labels = Labels.from(yTrue);
  if (!isPerClass(scores) || labels.classes.length === 2) {
    return metric(rankedRows(labels, scores, ranking, isEitherWay));
  }

  const columns = scoreColumns(scores, labels);
  const weights = sampleWeights(ranking, labels.length);
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
