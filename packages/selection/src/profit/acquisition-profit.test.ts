import { Labels } from '@churn/core';
import reference from '../../test/reference/acquisition_profit.json';
import {
  type AcquisitionEconomics,
  acquisitionScorer,
  expectedMaximumProfitAcquisition,
} from './acquisition-profit.js';
import { gammaCdf } from './gamma-distribution.js';

it.each(reference.distributions)('Gamma($shape) at $x agrees with scipy', ({ shape, x, cdf }) => {
  expect(Math.abs(gammaCdf(x, shape) - cdf)).toBeLessThan(1e-12);
});

const cases = reference.cases.flatMap(({ economics, ...rows }) =>
  economics.map((each) => ({ ...rows, ...each })),
);

it.each(cases)('profits of $name, with a contribution of shape $shape, agree with empulse', (each) => {
  const { y, p, shape, scale, contact, sales, directSelling, commission } = each;
  const costs = { contact, sales, directSelling, commission };
  const profit = (contribution: AcquisitionEconomics['contribution']) =>
    expectedMaximumProfitAcquisition(y, p, { ...costs, contribution });
  const scale1 = Math.max(1, Math.abs(each.expected));
  expect(Math.abs(profit({ shape, scale }) - each.expected) / scale1).toBeLessThan(1e-9);
  expect(profit(shape * scale)).toBeCloseTo(each.fixed, 9);
  expect(profit({ shape, scale })).toBeGreaterThanOrEqual(profit(shape * scale) - 1e-9);
});

const right = { contribution: 100, contact: 10, sales: 30 };

it('leads may differ, and one of weight 2 counts as two', () => {
  const [y, p] = [
    [1, 0, 1, 0],
    [0.9, 0.8, 0.3, 0.1],
  ];
  const contribution = [100, 50, 400, 20];
  // All down to the third are contacted: 100 - 30 + 400 - 30 - 3 * 10.
  expect(expectedMaximumProfitAcquisition(y, p, { ...right, contribution })).toBe(410 / 4);
  const drawn = { ...right, contribution: { shape: 2, scale: 60 } };
  expect(expectedMaximumProfitAcquisition(y, p, { ...drawn, sampleWeight: [2, 1, 1, 0] })).toBeCloseTo(
    expectedMaximumProfitAcquisition([1, 1, 0, 1], [0.9, 0.9, 0.8, 0.3], drawn),
    12,
  );
});

it('a scorer uses the expected maximum profit of a fold', () => {
  const y = Labels.from([0, 1, 0, 1]);
  const p = [0.1, 0.9, 0.4, 0.6];
  const scorer = acquisitionScorer(right);
  expect(scorer).toMatchObject({ needs: 'order', greaterIsBetter: true });
  expect(scorer.score(y, [p.map((each) => 1 - each), p])).toBe(expectedMaximumProfitAcquisition(y, p, right));
  expect(() => acquisitionScorer({ ...right, sales: [1, 2] })).toThrow('sales: expected 0 numbers');
});

it.each<[object, string]>([
  [{}, 'contribution: expected a number or a list of numbers, one per customer, or { shape, scale }'],
  [{ ...right, contribution: { shape: 0, scale: 1 } }, 'contribution: expected a number or a list'],
  [{ ...right, contact: -1 }, 'contact: expected a number or a list of numbers of at least 0'],
  [{ ...right, directSelling: 2 }, 'directSelling: expected a number from 0 to 1'],
  [{ ...right, commission: -1 }, 'commission: expected a number from 0 to 1'],
  [{ ...right, contribution: [1] }, 'contribution: expected 2 numbers'],
  [{ ...right, offer: 3 }, 'offer: unknown'],
])('%j is rejected', (wrong, message) => {
  const call = () => expectedMaximumProfitAcquisition([0, 1], [0.2, 0.4], wrong as AcquisitionEconomics);
  expect(call).toThrow(message);
});
