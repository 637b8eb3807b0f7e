import type { RankedRows } from '../metrics/ranked-rows.js';
import { scoreOrder } from '../metrics/score-order.js';
import type { OutcomeEconomics } from './economics.js';

/** What contacting all customers from each threshold on brings and costs; first nobody. */
export interface ProfitSums {
  /** The different scores, descending, after `Infinity`. */
  readonly thresholds: Float64Array;
  /** How many customers are contacted, or their total weight. */
  readonly contacted: Float64Array;
  /** What the positive ones among them bring, in units of the random factor if there is one. */
  readonly gains: Float64Array;
  /** What contacting them costs. */
  readonly costs: Float64Array;
  /** The number of all customers, or their total weight. */
  readonly total: number;
}

/** Sums by the scores that occur. Rows of weight 0 are ignored. */
export function profitSums(
  { codes, positive, scores, weights }: RankedRows,
  { gain, positiveCost, negativeCost }: OutcomeEconomics,
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
    const isPositive = codes[row] === positive;
    if (isPositive) gained += weight * gain[row];
    spent += weight * (isPositive ? positiveCost : negativeCost)[row];
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

/** The profit of each threshold, by the mean of the random factor. */
export function expectedProfits(
  { gains, costs }: ProfitSums,
  { factor }: Pick<OutcomeEconomics, 'factor'>,
): Float64Array {
  const mean = factor?.mean ?? 1;
  return gains.map((gain, i) => mean * gain - costs[i]);
}
