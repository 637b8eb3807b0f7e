import { Random } from '@churn/core';
import fc from 'fast-check';
import { chiSquareSurvival } from './chi-square-survival.js';
import { chiSquareTest } from './chi-square-test.js';
import { fisherTest } from './fisher-test.js';
import { holm } from './holm.js';
import { kolmogorovSurvival } from './kolmogorov.js';
import { ksTest } from './ks-test.js';

it('a chi-square variable with two degrees of freedom is exponential, and with one a squared normal', () => {
  for (const x of [0.01, 0.5, 1, 3, 10, 60]) {
    expect(chiSquareSurvival(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
  }
  // 1.959963984540054 is the 97.5 % quantile of the normal distribution.
  expect(chiSquareSurvival(1.959963984540054 ** 2, 1)).toBeCloseTo(0.05, 13);
  expect(chiSquareSurvival(0, 3)).toBe(1);
  expect(chiSquareSurvival(Infinity, 3)).toBe(0);
});

it('both forms of the Kolmogorov distribution agree', () => {
  expect(kolmogorovSurvival(1 - 1e-12)).toBeCloseTo(kolmogorovSurvival(1), 10);
  expect(kolmogorovSurvival(0)).toBe(1);
  expect(kolmogorovSurvival(1e-3)).toBe(1);
  // The 95 % quantile, from published tables.
  expect(kolmogorovSurvival(1.3581)).toBeCloseTo(0.05, 4);
});

/** The share of all orders of two samples whose statistic is at least as large. */
function byAllOrders(m: number, n: number, statistic: number): number {
  let [all, far] = [0, 0];
  for (let mask = 0; mask < 2 ** (m + n); mask++) {
    const isFirst = Array.from({ length: m + n }, (_, i) => ((mask >> i) & 1) === 1);
    if (isFirst.filter(Boolean).length !== m) continue;
    let [i, j, most] = [0, 0, 0];
    for (const first of isFirst) {
      if (first) i++;
      else j++;
      most = Math.max(most, Math.abs(i / m - j / n));
    }
    all++;
    if (most >= statistic - 1e-9) far++;
  }
  return far / all;
}

it('the exact Kolmogorov-Smirnov test counts the orders', () => {
  const random = new Random(5);
  for (const [m, n] of [
    [1, 1],
    [3, 3],
    [4, 6],
    [7, 5],
    [2, 9],
  ]) {
    const draw = (size: number) => Array.from({ length: size }, () => random.normal());
    const [a, b] = [draw(m), draw(n)];
    const { statistic, pValue } = ksTest(a, b);
    expect(pValue).toBeCloseTo(byAllOrders(m, n, statistic), 12);
  }
});

it('the Kolmogorov-Smirnov test of equal samples has a p-value of 1', () => {
  expect(ksTest([1, 2, 2], [1, 2, 2])).toEqual({ statistic: 0, pValue: 1 });
  expect(ksTest([1, 2, 2], [1, 2, 2], { method: 'asymptotic' })).toEqual({ statistic: 0, pValue: 1 });
  expect(ksTest([1, 2], [3, 4]).statistic).toBe(1);
});

it('exact and asymptotic p-values are close for many values', () => {
  const random = new Random(6);
  const draw = (shift: number) => Array.from({ length: 400 }, () => random.normal() + shift);
  for (const shift of [0, 0.1, 0.2]) {
    const [a, b] = [draw(0), draw(shift)];
    const exact = ksTest(a, b, { method: 'exact' }).pValue;
    const limit = ksTest(a, b, { method: 'asymptotic' }).pValue;
    expect(Math.abs(limit - exact)).toBeLessThan(0.01);
  }
});

it('the chi-square test of a table computed by hand', () => {
  // 15 and 15 are expected instead of 20 and 10, each off by 5: 4 * 25 / 15.
  const { statistic, degreesOfFreedom } = chiSquareTest([20, 10, 0], [10, 20, 0]);
  expect(statistic).toBeCloseTo(100 / 15, 12);
  expect(degreesOfFreedom).toBe(1);
  expect(chiSquareTest([5], [7])).toEqual({ statistic: 0, degreesOfFreedom: 0, pValue: 1 });
});

it('tests reject invalid samples', () => {
  expect(() => ksTest([], [1])).toThrow('reference: expected at least one number, got "none"');
  expect(() => ksTest([1], [NaN])).toThrow('current[0]: expected a finite number, got NaN');
  expect(() => chiSquareTest([1, 2], [1])).toThrow('current: expected 2 counts, as in the reference, got 1');
  expect(() => chiSquareTest([1, -2], [1, 1])).toThrow(
    'reference[1]: expected a number of at least 0, got -2',
  );
  expect(() => chiSquareTest([0, 0], [1, 1])).toThrow('reference: expected counts above 0');
});

it("Fisher's test of the lady who tastes tea", () => {
  expect(fisherTest(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
  expect(fisherTest(4, 4, 0, 4)).toBeCloseTo(2 / 70, 12);
  expect(fisherTest(0, 1000, 0, 10)).toBeCloseTo(1, 12);
  expect(fisherTest(0, 1_000_000, 300, 1000)).toBeLessThan(1e-300);
});

describe('Holm correction', () => {
  it('multiplies by the number of remaining tests', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([])).toEqual([]);
  });

  it('keeps the order, decreases no p-value, and equals Bonferroni for the smallest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
        const corrected = holm(pValues);
        const least = pValues.indexOf(Math.min(...pValues));
        expect(corrected[least]).toBe(Math.min(1, pValues.length * pValues[least]));
        corrected.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(pValues[i]);
          corrected.forEach((other, j) => {
            if (pValues[i] < pValues[j]) expect(value).toBeLessThanOrEqual(other);
          });
        });
      }),
    );
  });
});
