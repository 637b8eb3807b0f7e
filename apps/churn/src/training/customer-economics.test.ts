import { Table } from '@churn/core';
import { customerEconomics, takeCustomers } from './customer-economics';

const table = Table.fromColumns({
  clv: [100, 200, 300],
  gaps: [1, Number.NaN, 3],
  cost: [0, 1, -2],
  share: [0.1, 0.2, 1.5],
  plan: ['a', 'b', 'a'],
});
const file = { source: 'a.csv', lines: [2, 3, 5] };
const read = (given: Partial<Parameters<typeof customerEconomics>[0]>) =>
  customerEconomics({ value: 50, contact: 1, offer: 2, acceptance: 0.3, ...given }, table, file, 'profit.');

it('reads columns by customer, and leaves numbers and distributions unchanged', () => {
  const economics = read({ value: 'clv', acceptance: { alpha: 6, beta: 14 } });
  expect(economics).toEqual({
    value: Float64Array.of(100, 200, 300),
    contact: 1,
    offer: 2,
    acceptance: { alpha: 6, beta: 14 },
  });
  expect(takeCustomers(economics, Int32Array.of(2, 0))).toEqual({
    ...economics,
    value: Float64Array.of(300, 100),
  });
});

it.each([
  [{ value: 'clw' }, 'profit.value: a.csv: column "clw" is missing'],
  [{ value: 'plan' }, 'profit.value: a.csv: expected a numeric column, got "plan", which has categories'],
  [
    { value: 'gaps' },
    'a.csv, line 3, column "gaps": expected a number for profit.value of each customer, got no value',
  ],
  [
    { contact: 'cost' },
    'a.csv, line 5, column "cost": expected a number of at least 0 for profit.contact of each customer, got -2',
  ],
  [
    { acceptance: 'share' },
    'a.csv, line 5, column "share": expected a number from 0 to 1 for profit.acceptance of each customer, got 1.5',
  ],
])('%j is rejected', (given, message) => {
  expect(() => read(given)).toThrow(message);
});
