import { Random } from '@churn/core';
import { planCampaign } from './plan-campaign.js';

const random = new Random(27);
const n = 300;
const p = Array.from({ length: n }, () => random.uniform() * random.uniform());
const value = p.map(() => 600 * random.uniform());
const contact = p.map(() => 1 + 9 * random.uniform());
const economics = { value, contact, offer: 20, acceptance: 0.3 };

it('contacts all profitable customers, best first, and reports the profit of each length', () => {
  const plan = planCampaign(p, economics);
  const net = p.map((each, i) => each * 0.3 * (value[i] - 20) - (1 - each) * 20 - contact[i]);
  expect([...plan.netValue]).toEqual(net.map((each) => expect.closeTo(each, 9)));
  const sorted = net.toSorted((a, b) => b - a);
  expect(Array.from(plan.order, (i) => net[i])).toEqual(sorted);
  expect(plan.length).toBe(net.filter((each) => each > 0).length);
  expect(plan.profit[plan.length]).toBeCloseTo(Math.max(...plan.profit), 9);
  expect(plan.profit[n]).toBeCloseTo(
    net.reduce((sum, each) => sum + each, 0),
    8,
  );
});

it('respects capacity and budget, spending where profit is highest', () => {
  expect(planCampaign(p, economics, { capacity: 7 }).length).toBe(7);
  const costOf = ({ order, length, cost }: ReturnType<typeof planCampaign>) =>
    order.subarray(0, length).reduce((sum, i) => sum + cost[i], 0);
  const all = planCampaign(p, economics);
  const budget = costOf(all) / 4;
  const plan = planCampaign(p, economics, { budget });
  expect(costOf(plan)).toBeLessThanOrEqual(budget);
  expect(costOf(plan)).toBeGreaterThan(0.9 * budget);
  let spent = 0;
  const byNetValue = all.order.findIndex((i) => {
    spent += all.cost[i];
    return spent > budget;
  });
  expect(plan.profit[plan.length]).toBeGreaterThan(all.profit[byNetValue]);
});

it('uplift replaces churn and acceptance', () => {
  const same = planCampaign(p, economics, { uplift: p.map((each) => 0.3 * each) });
  expect([...same.order]).toEqual([...planCampaign(p, economics).order]);
  const plan = planCampaign([0.9, 0.5, 0.2], { value: 100, acceptance: 1 }, { uplift: [0, 0.2, -0.1] });
  expect([...plan.netValue]).toEqual([0, 20, -10]);
  expect([[...plan.order], plan.length]).toEqual([[1, 0, 2], 1]);
});

it.each([
  [
    () => planCampaign([1.2], { value: 1, acceptance: 1 }),
    'the probability of row 0: expected a number from 0 to 1',
  ],
  [
    () => planCampaign([0.2], { value: 1, acceptance: 1 }, { uplift: [2] }),
    'uplift: expected a list of numbers from -1 to 1',
  ],
  [() => planCampaign([0.2], { value: 1, acceptance: 1 }, { uplift: [0, 0] }), 'uplift: expected 1 numbers'],
  [
    () => planCampaign([0.2], { value: 1, acceptance: 1 }, { capacity: -1 }),
    'capacity: expected an integer of at least 0',
  ],
  [
    () => planCampaign([0.2], { value: 1, acceptance: 1 }, { budget: -1 }),
    'budget: expected a number of at least 0',
  ],
])('invalid input is rejected', (call, message) => {
  expect(call).toThrow(message);
});
