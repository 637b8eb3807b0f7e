import { type LabelsLike, type OptionsOf, readOptions } from '@churn/core';
import type { Scores } from '../metrics/metric.js';
import { positiveParameters } from '../metrics/positive-class.js';
import { type RankedRows, rankedRows } from '../metrics/ranked-rows.js';
import { bestChoices } from './best-choices.js';
import { campaignOutcomes, economicsParameters, type OutcomeEconomics, readEconomics } from './economics.js';
import { profitSums } from './profit-sums.js';

const profitParameters = { ...positiveParameters, ...economicsParameters };

/** The economics of a campaign, and the options of ranking metrics. */
export type ProfitOptions = OptionsOf<typeof profitParameters>;

/** The rows of two classes with their scores, and what contacting each is worth. */
export function rowsWithEconomics(
  yTrue: LabelsLike,
  scores: Scores,
  options: ProfitOptions,
): { readonly rows: RankedRows; readonly economics: OutcomeEconomics } {
  const { sampleWeight, positive, ...economics } = readOptions(profitParameters, options);
  const rows = rankedRows(yTrue, scores, { sampleWeight, positive });
  return { rows, economics: campaignOutcomes(readEconomics(economics, rows.codes.length)) };
}

/**
 * The expected maximum profit of a retention campaign per customer: the profit at the best threshold for each acceptance rate, averaged
 * over its distribution. For a fixed acceptance rate, it is the maximum profit. At least 0, the profit of contacting nobody (Verbraken,
 * Verbeke and Baesens, 2013; `empc_score` and `mpc_score` of empulse).
 *
 * ```ts
 * expectedMaximumProfit(y, p, { value: 200, offer: 10, contact: 1, acceptance: { alpha: 6, beta: 14 } });
 * ```
 * It is computed exactly, from the convex hull of the ROC curve, or its analogue if customers differ.
 *
 * @param scores a score for each row, higher for churners: a probability, or any increasing function of one; or one array of scores per
 * class.
 * @returns in the currency of the economics.
 * @throws as `rocCurve`, and `invalid-data` if the economics differ in length from the customers.
 */
export function expectedMaximumProfit(yTrue: LabelsLike, scores: Scores, options: ProfitOptions): number {
  const { rows, economics } = rowsWithEconomics(yTrue, scores, options);
  return maximumProfit(rows, economics);
}

/** The profit of the best threshold for each value of the random factor, averaged over its distribution, per row. */
export function maximumProfit(rows: RankedRows, economics: OutcomeEconomics): number {
  const sums = profitSums(rows, economics);
  const profit = bestChoices(sums, economics.factor).reduce((sum, choice) => sum + choice.profit, 0);
  return profit / sums.total;
}

/**
 * The share of customers contacted at the expected maximum profit, averaged over the distribution of acceptance; from 0 to 1
 * (`optimal_rate` of empulse).
 *
 * @throws as `expectedMaximumProfit`.
 */
export function mostProfitableShare(yTrue: LabelsLike, scores: Scores, options: ProfitOptions): number {
  const { rows, economics } = rowsWithEconomics(yTrue, scores, options);
  const sums = profitSums(rows, economics);
  const contacted = bestChoices(sums, economics.factor).reduce(
    (sum, { index, probability }) => sum + sums.contacted[index] * probability,
    0,
  );
  return contacted / sums.total;
}
