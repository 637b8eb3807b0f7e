import {
  integerParameter,
  isList,
  numberParameter,
  type OptionsOf,
  parameter,
  readOptions,
} from '@churn/core';
import { requireProbabilities, scoreColumn } from '../metrics/score-columns.js';
import { type BetaAcceptance, type CampaignEconomics, column, readEconomics } from './economics.js';

const parameters = {
  /** How many customers can be contacted at most. Default all. */
  capacity: integerParameter({ from: 0 }),
  /** What contacting them may be expected to cost at most, offers included. Default without a limit. */
  budget: numberParameter({ from: 0 }),
  /** By how much contact makes each customer likelier to stay, in place of `probability * acceptance`: above 0 where it helps, below where it harms. */
  uplift: parameter<ArrayLike<number>>('a list of numbers from -1 to 1, one per customer', isUplift),
};

export type CampaignLimits = OptionsOf<typeof parameters>;

/** Customers in the order in which it pays to contact them, and how many to contact. */
export interface CampaignPlan {
  /** All customers as places in the lists that were given, the best first. */
  readonly order: Int32Array;
  /** How many of the first to contact: all that are expected to earn, as far as the limits allow. */
  readonly length: number;
  /** What contacting each customer is expected to bring, in the order of the lists that were given. */
  readonly netValue: Float64Array;
  /** What contacting each is expected to cost: the contact, and the offer if it is taken. */
  readonly cost: Float64Array;
  /** How probable it is that each stays for being contacted alone. */
  readonly kept: Float64Array;
  /** The expected profit of contacting the first 0, 1, 2 … of the order. */
  readonly profit: Float64Array;
  /** The distribution of the share of acceptance that all of `kept` depends on, if it has one; `kept` is that of its mean. */
  readonly acceptance?: BetaAcceptance;
}

/**
 * Plans whom a campaign contacts: the customers of the highest expected net value, or under a budget those of the highest net value for
 * what they cost.
 *
 * @param probabilities of churn, one per customer.
 * @throws `invalid-parameter` if an option is not what it must be; `invalid-data` if a probability is not one from 0 to 1, or lists are
 * of another number of customers.
 */
export function planCampaign(
  probabilities: ArrayLike<number>,
  economics: CampaignEconomics,
  limits?: CampaignLimits,
): CampaignPlan {
  const { capacity = Infinity, budget = Infinity, uplift } = readOptions(parameters, limits);
  const p = scoreColumn(probabilities, probabilities?.length);
  requireProbabilities(p);
  const n = p.length;
  const { gain, contact, offer, acceptance, distribution } = readEconomics(economics, n);
  const kept = uplift ? column('uplift', uplift, n) : p.map((each, i) => each * acceptance[i]);
  const taken = p.map((each, i) => Math.max(0, Math.min(1, 1 - each + kept[i])));
  const cost = contact.map((each, i) => each + offer[i] * taken[i]);
  const netValue = p.map((each, i) => kept[i] * gain[i] - (1 - each) * offer[i] - contact[i]);
  const worth = budget === Infinity ? netValue : netValue.map((each, i) => perCost(each, cost[i]));
  const order = Int32Array.from(p.keys()).sort(
    (a, b) => worth[b] - worth[a] || netValue[b] - netValue[a] || a - b,
  );

  const profit = new Float64Array(n + 1);
  let [spent, length, isOpen] = [0, 0, true];
  order.forEach((i, place) => {
    profit[place + 1] = profit[place] + netValue[i];
    spent += cost[i];
    isOpen &&= netValue[i] > 0 && place < capacity && spent <= budget;
    if (isOpen) length = place + 1;
  });
  const plan = { order, length, netValue, cost, kept, profit };
  return distribution && !uplift ? { ...plan, acceptance: distribution } : plan;
}

/** Whoever costs nothing comes first. */
function perCost(netValue: number, cost: number): number {
  return cost > 0 ? netValue / cost : netValue > 0 ? Infinity : netValue;
}

function isUplift(value: unknown): value is ArrayLike<number> {
  return isList(value) && Array.from(value).every((each) => Number(each) >= -1 && Number(each) <= 1);
}
