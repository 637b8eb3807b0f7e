import { checkedConfig } from './config';

const checked = (profit: unknown, others = {}) =>
  checkedConfig(
    { data: { file: 'a.csv', target: 'left', positive: 'yes' }, threshold: { profit }, ...others },
    'c.yaml',
  );

it('reads numbers and columns; contact and offer default to no cost', () => {
  expect(checked({ value: 'clv', acceptance: 0.3 }).threshold).toEqual({
    profit: { value: 'clv', contact: 0, offer: 0, acceptance: 0.3 },
  });
  const acceptance = { alpha: 6, beta: 14 };
  expect(checked({ value: 200, contact: 1, offer: 'offer', acceptance }).threshold).toEqual({
    profit: { value: 200, contact: 1, offer: 'offer', acceptance },
  });
  expect(checked({ value: 1, acceptance: 1 }, { currency: 'EUR' }).currency).toBe('EUR');
});

it.each<[unknown, object, string]>([
  [{ acceptance: 0.3 }, {}, 'threshold: profit.value: expected a number, or the name of a column'],
  [{ value: 3, acceptance: 1.3 }, {}, 'threshold.profit.acceptance: expected a number of at most 1, got 1.3'],
  [{ value: 3, acceptance: { alpha: 0, beta: 1 } }, {}, 'threshold.profit.acceptance'],
  [
    { value: 3, acceptance: 1, offer: -2 },
    {},
    'threshold.profit.offer: expected a number of at least 0, got -2',
  ],
  [{ value: 3, acceptance: 1, incentive: 2 }, {}, 'threshold.profit'],
  [
    { value: 3, acceptance: 1 },
    { currency: 'euro' },
    'currency: expected a currency such as EUR or USD, got "euro"',
  ],
])('rejects %j with %j', (profit, others, message) => {
  let told = '';
  try {
    checked(profit, others);
  } catch (error) {
    told = (error as Error).message;
  }
  expect(told).toContain(message);
});
