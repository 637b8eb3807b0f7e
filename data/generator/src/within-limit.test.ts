import { Random } from '@churn/core';
import { keepWithinLimit } from './within-limit.js';

test('changes balances between customers and keeps what they owe together', () => {
  const balances = Float64Array.of(2500, 400, 900, 0);
  const limits = Float64Array.of(1438.3, 9000, 1000, 2000);
  keepWithinLimit(balances, limits, new Random(1));
  // Only the second has room for 2500.
  expect([...balances]).toEqual([400, 2500, 900, 0]);
});

test('cuts a balance that suits nobody to the usual use of the limit', () => {
  const balances = Float64Array.of(2500);
  keepWithinLimit(balances, Float64Array.of(1438.3), new Random(1));
  expect([...balances]).toEqual([1151]);
});

test('takes the partner who owes nearest to the usual use of the limit', () => {
  const balances = Float64Array.of(2500, 100, 1100, 1400);
  keepWithinLimit(balances, Float64Array.of(1438.3, 9000, 9000, 9000), new Random(1));
  expect([...balances]).toEqual([1100, 100, 2500, 1400]);
});

test('lets balances that fit be', () => {
  const balances = Float64Array.of(1435, 0);
  keepWithinLimit(balances, Float64Array.of(1438.3, 2000), new Random(1));
  expect([...balances]).toEqual([1435, 0]);
});
