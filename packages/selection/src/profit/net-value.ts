import { requireProbabilities, scoreColumn } from '../metrics/score-columns.js';
import { type CustomerCosts, requireCustomers } from './customer-costs.js';
import { type CampaignEconomics, readEconomics } from './economics.js';

/**
 * What contacting each customer is expected to bring: `p * (acceptance * (value - offer) - contact) - (1 - p) * (offer + contact)`, with
 * `p` the probability of churn. Contacting all customers above 0 is the most profitable list, where probabilities are calibrated.
 *
 * @throws `invalid-parameter` if an option is not what it must be; `invalid-data` if a probability is not one from 0 to 1, or the
 * economics are of another number of customers.
 */
export function expectedNetValues(
  probabilities: ArrayLike<number>,
  economics: CampaignEconomics,
): Float64Array {
  const p = scoreColumn(probabilities, probabilities?.length);
  const { gain, contact, offer, acceptance } = readEconomics(economics, p.length);
  requireProbabilities(p);
  return p.map((each, i) => each * acceptance[i] * gain[i] - (1 - each) * offer[i] - contact[i]);
}

/**
 * The costs of a decision on each customer that follow from the economics of a campaign: of contacting churners and others, a gain being a
 * negative cost; leaving customers alone costs nothing.
 *
 * @throws as `expectedNetValues`.
 */
export function campaignCosts(economics: CampaignEconomics, nCustomers: number): CustomerCosts {
  requireCustomers(nCustomers);
  const { gain, contact, offer, acceptance } = readEconomics(economics, nCustomers);
  return {
    truePositive: contact.map((each, i) => each - acceptance[i] * gain[i]),
    falsePositive: contact.map((each, i) => each + offer[i]),
    falseNegative: 0,
  };
}
