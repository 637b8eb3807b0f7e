import fc from 'fast-check';
import { normalCdf, normalQuantile } from './normal-distribution';

// Figures of SciPy 1.17's norm.cdf and norm.ppf.
it.each([
  [-8, 6.220960574271786e-16],
  [-3.1, 0.0009676032132183561],
  [-1, 0.15865525393145707],
  [0.5, 0.6914624612740131],
  [3.1, 0.9990323967867816],
])('agrees with the probability of SciPy up to %p', (z, p) => {
  expect(Math.abs(normalCdf(z) - p)).toBeLessThan(1e-13 * p);
});

it.each([
  [1e-12, -7.034483825301131],
  [0.05, -1.6448536269514729],
  [0.3, -0.5244005127080409],
  [0.99, 2.3263478740408408],
])('agrees with the quantile of SciPy at %p', (p, z) => {
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-14 * Math.abs(z));
});

it('is inverted by the quantile', () => {
  fc.assert(
    fc.property(fc.double({ min: -6, max: 5, noNaN: true }), (z) => {
      expect(Math.abs(normalQuantile(normalCdf(z)) - z)).toBeLessThan(1e-9);
    }),
  );
});

it('reaches both ends', () => {
  expect([0, 0.5, 1].map(normalQuantile)).toEqual([-Infinity, 0, Infinity]);
});
