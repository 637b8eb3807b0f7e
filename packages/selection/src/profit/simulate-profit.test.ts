import { Random } from '@churn/core';
import type { BetaAcceptance } from './economics.js';
import { planCampaign } from './plan-campaign.js';
import { simulateProfit } from './simulate-profit.js';

const random = new Random(27);
const n = 1200;
const p = Array.from({ length: n }, () => random.uniform() * random.uniform());
const value = p.map(() => 600 * random.uniform());
const contact = p.map(() => 1 + 9 * random.uniform());
const economics = { value, contact, offer: 20, acceptance: 0.3 };

/** The profit of campaigns that contact the first of a list, customer by customer. */
function campaigns(list: Int32Array, share: () => number): Float64Array {
  return Float64Array.from({ length: 2000 }, () => {
    const accepts = share();
    return list.reduce((sum, i) => {
      if (random.uniform() >= p[i]) return sum - 20 - contact[i];
      return sum + (random.uniform() < accepts ? value[i] - 20 : 0) - contact[i];
    }, 0);
  }).sort();
}

/** Beta(1, 3): the smallest of three uniform numbers. */
const skewed = () => Math.min(random.uniform(), random.uniform(), random.uniform());

it.each<[string, number | BetaAcceptance, () => number]>([
  ['a fixed acceptance', 0.3, () => 0.3],
  ['a random acceptance', { alpha: 1, beta: 3 }, skewed],
])(
  '95 of 100 campaigns earn within the interval, with %s, for a short list and a long one',
  (_, acceptance, share) => {
    const given = { ...economics, acceptance };
    const plan = planCampaign(p, given);
    expect(plan.length).toBeGreaterThan(250);
    const { length, low, high } = simulateProfit(plan, p, given);
    expect(length[length.length - 1]).toBe(n);
    for (const nListed of [15, 150, plan.length]) {
      const at = length.indexOf(nListed);
      const earned = campaigns(plan.order.subarray(0, nListed), share);
      const below = earned.filter((each) => each < low[at]).length / earned.length;
      const above = earned.filter((each) => each > high[at]).length / earned.length;
      // 2.5 % each, within four standard errors of either simulation.
      for (const tail of [below, above]) expect(Math.abs(tail - 0.025)).toBeLessThan(0.017);
    }
  },
);

it('by uplift, simulated profits have the mean of the plan, including customers harmed by contact', () => {
  const uplift = p.map((each) => each * (0.6 * random.uniform() - 0.1));
  const given = { ...economics, acceptance: { alpha: 1, beta: 3 } };
  const plan = planCampaign(p, given, { uplift });
  const { length, low, high } = simulateProfit(plan, p, given);
  length.forEach((nListed, k) => {
    expect(low[k]).toBeLessThanOrEqual(plan.profit[nListed] + 1e-9);
    expect(high[k]).toBeGreaterThanOrEqual(plan.profit[nListed] - 1e-9);
  });
  const middle = (low[length.length - 1] + high[length.length - 1]) / 2;
  const width = high[length.length - 1] - low[length.length - 1];
  expect(Math.abs(middle - plan.profit[n])).toBeLessThan(0.05 * width);
});

it('is reproducible by its seed, has the lengths of a short list, and rejects an empty one', () => {
  const few = planCampaign([0.9, 0.5, 0.01], { value: 100, acceptance: 1, contact: 2 });
  const of = (options?: object) =>
    simulateProfit(few, [0.9, 0.5, 0.01], { value: 100, acceptance: 1, contact: 2 }, options);
  expect(of()).toEqual(of({ seed: 0 }));
  expect([...of().length]).toEqual([0, 1, 2, 3]);
  expect([of().low[1], of().high[1]]).toEqual([-2, 98]);
  expect(() => of({ nCampaigns: 3 })).toThrow('nCampaigns: expected an integer of at least 100');
  expect(() => simulateProfit(few, [0.9], { value: [1, 2], acceptance: 1 })).toThrow(
    'expected 3 scores, one for each label, got 1',
  );
});
