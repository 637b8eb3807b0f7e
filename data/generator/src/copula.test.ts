import { Random } from '@churn/core';
import { drawCopula } from './copula.js';

const rows = 2000;
const [a, b, c] = drawCopula(rows, 3, [0.8, 0, -0.5], new Random(1));

test('has one number in each of as many equal intervals as rows', () => {
  for (const column of [a, b, c]) {
    const intervals = Array.from(column, (value) => Math.floor(value * rows)).sort((x, y) => x - y);
    expect(intervals).toEqual(Array.from({ length: rows }, (_, i) => i));
  }
});

test('has the rank correlation of normal variables', () => {
  // Spearman's rho is 6/pi asin(r/2), Pearson's r of uniform columns.
  const rho = (r: number) => (6 / Math.PI) * Math.asin(r / 2);
  expect(correlation(a, b)).toBeCloseTo(rho(0.8), 1);
  expect(correlation(a, c)).toBeCloseTo(0, 1);
  expect(correlation(b, c)).toBeCloseTo(rho(-0.5), 1);
});

test('draws no rows', () => {
  expect(drawCopula(0, 2, [0.5], new Random(1)).map((column) => column.length)).toEqual([0, 0]);
});

function correlation(x: Float64Array, y: Float64Array): number {
  // Uniform on (0, 1): mean 1/2, variance 1/12.
  return (12 * x.reduce((sum, value, i) => sum + (value - 0.5) * (y[i] - 0.5), 0)) / x.length;
}
