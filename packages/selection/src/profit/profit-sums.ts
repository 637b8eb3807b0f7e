import type { RankedRows } from '../metrics/ranked-rows.js';
import { scoreOrder } from '../metrics/score-order.js';
import type { CustomerEconomics } from './economics.js';

/** What contacting all customers from each threshold on brings and costs; first nobody. */
export interface ProfitSums {
  /** The different scores, descending, after `Infinity`. */
  readonly thresholds: Float64Array;
  /** How many customers are contacted, or their total weight. */
  readonly contacted: Float64Array;
  /** What the churners among them would bring if all accepted the offer; where acceptance is fixed, those who do. */
  readonly gains: Float64Array;
  /** What contacting them costs, with the offers to those who would have stayed. */
  readonly costs: Float64Array;
  /** The number of all customers, or their total weight. */
  readonly total: number;
}

/** Sums by the scores that occur. Rows of weight 0 are passed over. */
export function profitSums(
  { codes, positive, scores, weights }: RankedRows,
  { gain, contact, offer, acceptance, distribution }: CustomerEconomics,
): ProfitSums {
  const order = scoreOrder(scores);
  const sums = [0, 1, 2, 3].map(() => new Float64Array(order.length + 1));
  const [thresholds, contacted, gains, costs] = sums;
  thresholds[0] = Infinity;
  let [last, called, gained, spent] = [0, 0, 0, 0];
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i];
    const weight = weights === undefined ? 1 : weights[row];
    if (weight === 0) continue;
    called += weight;
    spent += weight * contact[row];
    if (codes[row] === positive) gained += weight * gain[row] * (distribution ? 1 : acceptance[row]);
    else spent += weight * offer[row];
    if (last === 0 || scores[row] !== thresholds[last]) thresholds[++last] = scores[row];
    contacted[last] = called;
    gains[last] = gained;
    costs[last] = spent;
  }
  const end = last + 1;
  return {
    thresholds: thresholds.subarray(0, end),
    contacted: contacted.subarray(0, end),
    gains: gains.subarray(0, end),
    costs: costs.subarray(0, end),
    total: called,
  };
}

/** The profit of each threshold, with the acceptance that is expected. */
export function expectedProfits(
  { gains, costs }: ProfitSums,
  { distribution }: Pick<CustomerEconomics, 'distribution'>,
): Float64Array {
  const share = distribution ? distribution.alpha / (distribution.alpha + distribution.beta) : 1;
  return gains.map((gain, i) => share * gain - costs[i]);
}
