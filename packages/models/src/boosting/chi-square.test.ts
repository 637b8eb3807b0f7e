import { normalDeviate } from './chi-square.js';

// scipy.stats.chi2.isf(scipy.stats.norm.sf(deviate), freedom)
it.each([
  [1, 7.4884, 2.5],
  [1, 21.5778, 4.5],
  [3, 0.8339, -1],
  [3, 15.6306, 3],
  [30, 52.8171, 2.5],
  [200, 290.1799, 4],
])('with %f degrees of freedom %f is about the normal deviate %f', (freedom, chiSquare, deviate) => {
  expect(Math.abs(normalDeviate(chiSquare, freedom) - deviate)).toBeLessThan(0.25);
});

it('zero is far below chance', () => {
  expect(normalDeviate(-5, 4)).toBe(normalDeviate(0, 4));
  expect(normalDeviate(0, 4)).toBeLessThan(-2);
});
