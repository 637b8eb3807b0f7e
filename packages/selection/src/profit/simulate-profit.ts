import {
  integerParameter,
  isPlainObject,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import { requireProbabilities, scoreColumn } from '../metrics/score-columns.js';
import { betaQuantiles } from './beta-distribution.js';
import { type CampaignEconomics, readEconomics } from './economics.js';
import type { CampaignPlan } from './plan-campaign.js';

/** Of the first customers of a list each is drawn by itself; of later ones, parts of the list are. */
const SINGLE = 200;
const PARTS = 150;

const parameters = {
  /** The number of simulated campaigns. Default 4000. */
  nCampaigns: withDefault(integerParameter({ from: 100 }), 4000),
  /** Default 0. */
  seed: withDefault(integerParameter({ from: 0 }), 0),
};

export type SimulationOptions = OptionsOf<typeof parameters>;

/** The interval that contains the profit of 95 % of simulated campaigns, by the number of contacts. */
export interface SimulatedProfit {
  /** Ascending, from 0 to all customers; those of the plan's own list is among them. */
  readonly length: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What customers who come on the list together bring on average and how that varies, by the share of acceptance. */
interface Part {
  readonly customers: Int32Array;
  /** What those who are kept bring, and what all others cost. */
  readonly gain: number;
  readonly cost: number;
  /** The variance, as a polynomial of the share in units of its mean. */
  readonly variance: readonly [number, number, number];
}

/**
 * Simulates a campaign many times: each customer leaves with its probability, and each churner accepts with the acceptance rate, which is
 * drawn anew for each campaign if it has a distribution. A normal interval would be right only for long lists and a fixed acceptance
 * rate: otherwise the profit is skewed.
 *
 * ```ts
 * const plan = planCampaign(p, economics);
 * const { length, low, high } = simulateProfit(plan, p, economics);
 * const at = length.indexOf(plan.length); // low[at] to high[at]
 * ```
 * @param plan for these customers and economics.
 * @throws `invalid-parameter` if the plan or an option is invalid; `invalid-data` if there is a different number of customers.
 */
export function simulateProfit(
  plan: CampaignPlan,
  probabilities: ArrayLike<number>,
  economics: CampaignEconomics,
  options?: SimulationOptions,
): SimulatedProfit {
  const { nCampaigns, seed } = readOptions(parameters, options);
  requireParameter(isPlan(plan), 'plan', 'what planCampaign gives', plan);
  const p = scoreColumn(probabilities, plan.order.length);
  requireProbabilities(p);
  const { gain, contact, offer } = readEconomics(economics, p.length);
  const { order, kept, acceptance } = plan;
  const mean = acceptance ? acceptance.alpha / (acceptance.alpha + acceptance.beta) : 1;
  // In units of its mean.
  const shares = acceptance
    ? betaQuantiles(nCampaigns, acceptance.alpha, acceptance.beta).map((each) => each / mean)
    : new Float64Array(nCampaigns).fill(1);
  const random = new Random(seed);
  const length = lengthsOf(order.length, plan.length);
  const [low, high] = [new Float64Array(length.length), new Float64Array(length.length)];
  const profit = new Float64Array(nCampaigns);
  for (let k = 1; k < length.length; k++) {
    const part = partOf(order.subarray(length[k - 1], length[k]));
    for (let campaign = 0; campaign < nCampaigns; campaign++)
      profit[campaign] += draw(part, shares[campaign]);
    const sorted = profit.slice().sort();
    low[k] = sorted[Math.round(0.025 * (nCampaigns - 1))];
    high[k] = sorted[Math.round(0.975 * (nCampaigns - 1))];
  }
  return { length, low, high };

  function draw({ customers, gain: gained, cost, variance: [a, b, c] }: Part, share: number): number {
    if (customers.length > 1) {
      const spread = Math.sqrt(Math.max(0, a + share * (b + share * c)));
      return share * gained - cost + spread * random.normal();
    }
    const [i] = customers;
    const isKept = share * Math.abs(kept[i]);
    const drawn = random.uniform();
    if (drawn < isKept) return Math.sign(kept[i]) * gain[i] - contact[i];
    return (drawn < isKept + 1 - p[i] ? -offer[i] : 0) - contact[i];
  }

  function partOf(customers: Int32Array): Part {
    let [gained, cost, a, b, c] = [0, 0, 0, 0, 0];
    for (const i of customers) {
      const [brings, takes] = [kept[i] * gain[i], (1 - p[i]) * offer[i]];
      gained += brings;
      cost += takes + contact[i];
      a += takes * offer[i] - takes * takes;
      b += Math.abs(kept[i]) * gain[i] * gain[i] + 2 * brings * takes;
      c -= brings * brings;
    }
    return { customers, gain: gained, cost, variance: [a, b, c] };
  }
}

/** All lengths of a short list; of a long one some, and its own. */
function lengthsOf(nCustomers: number, chosen: number): Int32Array {
  const single = Math.min(SINGLE, nCustomers);
  const lengths = new Set([chosen]);
  for (let i = 0; i <= single; i++) lengths.add(i);
  for (let i = 1; i <= PARTS; i++) lengths.add(Math.round(single + ((nCustomers - single) * i) / PARTS));
  return Int32Array.from(lengths).sort();
}

function isPlan(value: unknown): value is CampaignPlan {
  return isPlainObject(value) && value.order instanceof Int32Array && value.kept instanceof Float64Array;
}
