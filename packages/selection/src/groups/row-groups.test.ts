import { categoryColumn, numericColumn } from '@churn/core';
import { rowGroups } from './row-groups.js';
import { shortNumberBetween } from './short-number-between.js';

const sizes = (...given: Parameters<typeof rowGroups>) =>
  Object.fromEntries(rowGroups(...given).map(({ group, rows }) => [group, Array.from(rows)]));

it('groups by categories in order of name, with rare and missing ones apart', () => {
  const plans = categoryColumn(['b', 'a', 'b', null, 'c', 'd', 'a']);
  expect(sizes(plans)).toEqual({ a: [1, 6], b: [0, 2], c: [4], d: [5], '(missing)': [3] });
  expect(sizes(plans, { minRows: 2 })).toEqual({
    a: [1, 6],
    b: [0, 2],
    '(all others)': [4, 5],
    '(missing)': [3],
  });
  expect(Object.keys(sizes(plans, { maxGroups: 1 }))).toEqual(['b', '(all others)', '(missing)']);
  // One alone keeps its name.
  expect(Object.keys(sizes(['x', 'x', 'y'], { minRows: 2 }))).toEqual(['x', 'y']);
});

it('groups by few numbers, or by quantile ranges', () => {
  expect(sizes([3, 1, null, 3])).toEqual({ 1: [1], 3: [0, 3], '(missing)': [2] });
  const values = numericColumn(Float64Array.from({ length: 40 }, (_, i) => i / 3));
  const ranges = rowGroups(values);
  expect(ranges.map(({ group }) => group)).toEqual([
    'up to 3',
    'above 3 to 6.5',
    'above 6.5 to 9.7',
    'above 9.7',
  ]);
  expect(ranges.map(({ rows }) => rows.length)).toEqual([10, 10, 10, 10]);
  expect(rowGroups(values, { nBins: 2 })).toHaveLength(2);
});

it('divides numbers that mostly equal the maximum', () => {
  const values = [...Array.from({ length: 12 }, (_, i) => i), ...new Array(90).fill(11)];
  expect(sizes(values)).toEqual({ 'up to 10': [...Array(11).keys()], 'above 10': expect.anything() });
});

it.each([
  [38, 39, 38],
  [1234, 1900, 1234],
  [0.7312345, 0.7391, 0.735],
  [0.7312345, 2, 1],
  [0.1, 0.30000000000000004, 0.1],
])('finds the shortest number from %d to below %d', (low, high, wanted) => {
  const short = shortNumberBetween(low, high);
  expect(short).toBeGreaterThanOrEqual(low);
  expect(short).toBeLessThan(high);
  expect(String(short).length).toBeLessThanOrEqual(String(wanted).length);
});
