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
  /** The maximum number of customers to contact. Default all. */
  capacity: integerParameter({ from: 0 }),
  /** The maximum expected cost of contacting them, including offers. Default no limit. */
  budget: numberParameter({ from: 0 }),
  /**
   * The uplift: by how much contact changes each customer's probability of staying, instead of `probability * acceptance`; above 0 if it
   * helps, below if it harms.
   */
  uplift: parameter<ArrayLike<number>>('a list of numbers from -1 to 1, one per customer', isUplift),
};

export type CampaignLimits = OptionsOf<typeof parameters>;

/** A campaign plan: customers by priority, and how many to contact. */
export interface CampaignPlan {
  /** All customers as indices into the given lists, the best first. */
  readonly order: Int32Array;
  /** The number of the first customers to contact: all with a positive expected net value, within the limits. */
  readonly length: number;
  /** The expected net value of contacting each customer, in the order of the given lists. */
  readonly netValue: Float64Array;
  /** The expected cost of contacting each customer: the contact, and the offer if it is taken. */
  readonly cost: Float64Array;
  /** The probability that each stays because of the contact. */
  readonly kept: Float64Array;
  /** The expected profit of contacting the first 0, 1, 2 … customers in order. */
  readonly profit: Float64Array;
  /** The distribution of the share of acceptance that all of `kept` depends on, if it has one; `kept` is that of its mean. */
  readonly acceptance?: BetaAcceptance;
}

/**
 * Plans whom a campaign contacts: the customers with the highest expected net value or, under a budget, with the highest net value per
 * cost.
 *
 * @param probabilities of churn, one per customer.
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if a probability is not one from 0 to 1, or lists differ in length.
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
