import { Random } from '@churn/core';
import { weightedMoments } from './weighted-moments.js';

const random = new Random(11);
const ones = (length: number) => new Float64Array(length).fill(1);

it('computes the mean and the squared deviations of each column, checked by hand', () => {
  const columns = [Float64Array.of(1, 2, 6), Float64Array.of(0, 4, 8)];
  expect(weightedMoments(columns, Float64Array.of(1, 2, 1), 4)).toEqual([
    { mean: 2.75, squares: 14.75 },
    { mean: 4, squares: 32 },
  ]);
});

// More columns than a panel has, and more rows than a block.
it.each([1, 3, 4100, 10_001])('agrees with two passes over %i rows', (n) => {
  const columns = Array.from({ length: 5 }, (_, j) =>
    Float64Array.from({ length: n }, () => 10 ** j + random.normal()),
  );
  const weights = Float64Array.from({ length: n }, () => random.uniform() + 0.1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  weightedMoments(columns, weights, total).forEach(({ mean, squares }, j) => {
    const expected = columns[j].reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
    const spread = columns[j].reduce((sum, value, i) => sum + weights[i] * (value - expected) ** 2, 0);
    expect(Math.abs(mean / expected - 1)).toBeLessThan(1e-13);
    expect(Math.abs(squares - spread)).toBeLessThan(1e-10 * n);
  });
});

it('is exact for a constant column, whatever the number', () => {
  const [{ mean, squares }] = weightedMoments([new Float64Array(1000).fill(0.1)], ones(1000), 1000);
  expect(mean).toBe(0.1);
  expect(squares).toBe(0);
});

it.each([1e9, -1e12])('keeps its precision if the first value is %d and the others are small', (first) => {
  const values = Float64Array.from({ length: 1000 }, () => random.normal());
  values[0] = first;
  // Its weight is so small that the others determine the result.
  const weights = ones(1000);
  weights[0] = 1e-30;
  const [{ mean, squares }] = weightedMoments([values], weights, 999);
  const rest = Array.from(values.subarray(1));
  const expected = rest.reduce((sum, value) => sum + value, 0) / 999;
  const spread = rest.reduce((sum, value) => sum + (value - expected) ** 2, 0);
  expect(Math.abs(squares / spread - 1)).toBeLessThan(1e-6);
  expect(Math.abs(mean - expected)).toBeLessThan(1e-12);
});

it('has squares that are not finite for a column with such a value, and only for that', () => {
  const columns = [0, 1, 2, 3, 4].map((j) => Float64Array.of(1, j === 1 ? NaN : j === 3 ? 1e200 : 2, 3));
  const finite = weightedMoments(columns, ones(3), 3).map(({ squares }) => Number.isFinite(squares));
  expect(finite).toEqual([true, false, true, false, true]);
});
