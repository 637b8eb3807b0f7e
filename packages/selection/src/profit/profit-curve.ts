import type { LabelsLike } from '@churn/core';
import type { Scores } from '../metrics/metric.js';
import { type ProfitOptions, rowsWithEconomics } from './expected-maximum-profit.js';
import { expectedProfits, profitSums } from './profit-sums.js';

/** Points of a profit curve, one for each score that occurs, after one for nobody. */
export interface ProfitCurve {
  /** The share of customers who are contacted, from 0 to 1. */
  readonly share: Float64Array;
  /** Their number, or their total weight. */
  readonly contacted: Float64Array;
  /** The profit of contacting them, in total. */
  readonly profit: Float64Array;
  /** The thresholds, descending; the first is `Infinity`. */
  readonly thresholds: Float64Array;
}

/**
 * The profit of a retention campaign by the number of contacts, from the highest score down. If acceptance has a distribution, its mean
 * is used.
 *
 * @throws as `expectedMaximumProfit`.
 */
export function profitCurve(yTrue: LabelsLike, scores: Scores, options: ProfitOptions): ProfitCurve {
  const { rows, economics } = rowsWithEconomics(yTrue, scores, options);
  const sums = profitSums(rows, economics);
  const { thresholds, contacted, total } = sums;
  return {
    share: contacted.map((each) => each / total),
    contacted,
    profit: expectedProfits(sums, economics),
    thresholds,
  };
}
