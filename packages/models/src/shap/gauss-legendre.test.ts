import { gaussLegendre } from './gauss-legendre.js';

it('is the midpoint for one point, and the textbook rule for two', () => {
  expect(gaussLegendre(1)).toEqual({ points: Float64Array.of(0.5), weights: Float64Array.of(1) });
  const { points, weights } = gaussLegendre(2);
  expect(points[0]).toBeCloseTo(0.5 - Math.sqrt(1 / 12), 14);
  expect(points[1]).toBeCloseTo(0.5 + Math.sqrt(1 / 12), 14);
  expect(weights[0]).toBeCloseTo(0.5, 14);
  expect(weights[1]).toBeCloseTo(0.5, 14);
});

it.each([1, 2, 3, 5, 8, 20, 100])('of %i points integrates powers up to degree 2n - 1', (n) => {
  const { points, weights } = gaussLegendre(n);
  for (let power = 0; power < 2 * n; power++) {
    const sum = points.reduce((total, t, i) => total + weights[i] * t ** power, 0);
    expect(Math.abs(sum - 1 / (power + 1))).toBeLessThan(1e-14);
  }
});
