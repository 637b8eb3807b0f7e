import { requireProbabilities, scoreColumn } from '../metrics/score-columns.js';
import { type CustomerCosts, requireCustomers } from './customer-costs.js';
import { type CampaignEconomics, readEconomics } from './economics.js';

/**
 * The expected net value of contacting each customer: `p * (acceptance * (value - offer) - contact) - (1 - p) * (offer + contact)`, with
 * `p` the probability of churn. With calibrated probabilities, contacting all customers above 0 is most profitable.
 *
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if a probability is not one from 0 to 1, or the economics differ in
 * length from the customers.
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
 * The costs of decisions on each customer, derived from the economics of a campaign: of contacting churners and others, with gains as
 * negative costs; not contacting costs nothing.
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
