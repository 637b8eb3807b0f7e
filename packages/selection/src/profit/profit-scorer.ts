import type { Labels } from '@churn/core';
import { orderScorer, type Scorer } from '../scorer.js';
import { type CampaignEconomics, readEconomics } from './economics.js';
import { expectedMaximumProfit } from './expected-maximum-profit.js';

/**
 * A scorer of the expected maximum profit, for choosing the most profitable model in a search.
 *
 * ```ts
 * crossValScore(model, x, y, { scoring: profitScorer({ value: 200, offer: 10, contact: 1, acceptance: 0.3 }) });
 * ```
 * A scorer only sees the labels and predictions of a fold, so its economics must be the same for all customers.
 *
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if one is a list.
 */
export function profitScorer(economics: CampaignEconomics): Scorer<Labels> {
  // A list fits no number of customers but its own.
  for (const nCustomers of [0, 1]) readEconomics(economics, nCustomers);
  return orderScorer((y, scores, options) => expectedMaximumProfit(y, scores, { ...economics, ...options }), {
    name: 'expectedMaximumProfit',
  });
}
