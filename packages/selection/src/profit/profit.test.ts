import { Labels, Random } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/profit.json';
import { type CampaignEconomics, expectedNetValues, profitScorer } from '../index.js';
import { tuneThreshold } from '../tune-threshold.js';
import { betaCdf } from './beta-distribution.js';
import { expectedMaximumProfit, mostProfitableShare } from './expected-maximum-profit.js';
import { profitCurve } from './profit-curve.js';

it.each(reference.distributions)('Beta($alpha, $beta) at $x agrees with scipy', ({ alpha, beta, x, cdf }) => {
  expect(Math.abs(betaCdf(x, alpha, beta) - cdf)).toBeLessThan(1e-11);
});

const cases = reference.alike.flatMap(({ name, y, p, economics }) =>
  economics.map((each) => ({ name, y, p, ...each })),
);

describe.each(cases)('of $name, with a value of $value', (each) => {
  const { y, p, value, offer, contact, alpha, beta } = each;
  const drawn = { value, offer, contact, acceptance: { alpha, beta } };
  const fixed = { ...drawn, acceptance: alpha / (alpha + beta) };

  it('profits agree with empulse', () => {
    expect(expectedMaximumProfit(y, p, drawn)).toBeCloseTo(each.expected, 10);
    expect(mostProfitableShare(y, p, drawn)).toBeCloseTo(each.expectedShare, 10);
    expect(expectedMaximumProfit(y, p, fixed)).toBeCloseTo(each.fixed, 10);
    expect(mostProfitableShare(y, p, fixed)).toBeCloseTo(each.fixedShare, 10);
  });

  it('the threshold of the profit rule reaches the maximum profit', () => {
    const { profit, positives, threshold } = tuneThreshold(y, p, { profit: drawn });
    expect(profit).toBeCloseTo(each.fixed * y.length, 8);
    expect(p.filter((score) => score >= threshold)).toHaveLength(positives);
  });
});

describe('if customers differ', () => {
  const { y, p, value, fraction, contact, alpha, beta, maximumProfit } = reference.different;
  const offer = value.map((each) => fraction * each);
  const acceptance = alpha / (alpha + beta);

  it('the maximum profit agrees with empulse', () => {
    expect(expectedMaximumProfit(y, p, { value, offer, contact, acceptance })).toBeCloseTo(maximumProfit, 10);
  });

  it('the expected maximum is the mean over shares of acceptance, each at its best threshold', () => {
    const n = 2000;
    let [sum, total] = [0, 0];
    for (let i = 0; i < n; i++) {
      const share = (i + 0.5) / n;
      const density = share ** (alpha - 1) * (1 - share) ** (beta - 1);
      sum += density * expectedMaximumProfit(y, p, { value, offer, contact, acceptance: share });
      total += density;
    }
    const options = { value, offer, contact, acceptance: { alpha, beta } };
    expect(expectedMaximumProfit(y, p, options)).toBeCloseTo(sum / total, 4);
  });

  it('the curve is the profit of each list, computed customer by customer', () => {
    const curve = profitCurve(y, p, { value, offer, contact, acceptance });
    curve.thresholds.forEach((threshold, i) => {
      const listed = [...p.keys()].filter((row) => p[row] >= threshold);
      const profit = listed.reduce(
        (sum, row) =>
          sum + (y[row] === 1 ? acceptance * (value[row] - offer[row]) - contact : -offer[row] - contact),
        0,
      );
      expect(curve.contacted[i]).toBe(listed.length);
      expect(curve.share[i]).toBe(listed.length / y.length);
      expect(curve.profit[i]).toBeCloseTo(profit, 9);
    });
    expect(Math.max(...curve.profit) / y.length).toBeCloseTo(maximumProfit, 10);
  });
});

const customer = fc.record({
  y: fc.nat(1),
  score: fc.nat(5),
  value: fc.nat(100),
  weight: fc.nat(3),
});
const alpha = fc.double({ min: 0.3, max: 20, noNaN: true });

it('a customer of weight 2 counts as two, and one of weight 0 is ignored', () => {
  fc.assert(
    fc.property(fc.array(customer, { minLength: 2, maxLength: 30 }), alpha, alpha, (rows, a, b) => {
      const drawn = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
      fc.pre(new Set(drawn.map(({ y }) => y)).size === 2);
      const profit = (of: typeof rows, sampleWeight?: readonly number[]) =>
        [{ alpha: a, beta: b }, 0.4].flatMap((acceptance) => {
          const [y, score, value] = (['y', 'score', 'value'] as const).map((key) =>
            of.map((row) => row[key]),
          );
          const options = { value, offer: 3, contact: 1, acceptance, sampleWeight };
          const { profit: total } = tuneThreshold(
            y,
            score.map((each) => each / 5),
            { profit: { value, offer: 3, contact: 1, acceptance } },
            { sampleWeight },
          );
          return [expectedMaximumProfit(y, score, options), mostProfitableShare(y, score, options), total];
        });
      const weights = rows.map(({ weight }) => weight);
      const expected = profit(drawn).map((each) => expect.closeTo(each as number, 8));
      expect(profit(rows, weights)).toEqual(expected);
    }),
  );
});

it('is at least the maximum profit at the mean acceptance, and at least 0', () => {
  fc.assert(
    fc.property(fc.array(customer, { minLength: 2, maxLength: 30 }), alpha, alpha, (rows, a, b) => {
      fc.pre(new Set(rows.map(({ y }) => y)).size === 2);
      const [y, score, value] = (['y', 'score', 'value'] as const).map((key) => rows.map((row) => row[key]));
      const of = (acceptance: CampaignEconomics['acceptance']) =>
        expectedMaximumProfit(y, score, { value, offer: 3, contact: 1, acceptance });
      const fixed = of(a / (a + b));
      expect(fixed).toBeGreaterThanOrEqual(0);
      expect(of({ alpha: a, beta: b })).toBeGreaterThanOrEqual(fixed - 1e-9);
    }),
  );
});

it('the net value of a customer is the expected profit of contacting them, so that the sum is the expected profit', () => {
  const random = new Random(27);
  const value = Array.from({ length: 50 }, () => 500 * random.uniform());
  const p = value.map(() => random.uniform());
  const net = expectedNetValues(p, { value, offer: 20, contact: 2, acceptance: 0.4 });
  const expected = p.map((each, i) => each * 0.4 * (value[i] - 20) - (1 - each) * 20 - 2);
  expect([...net]).toEqual(expected.map((each) => expect.closeTo(each, 9)));
});

it('a scorer uses the expected maximum profit of a fold', () => {
  const y = Labels.from([0, 1, 0, 1, 1, 0]);
  const p = [0.1, 0.9, 0.4, 0.6, 0.3, 0.7];
  const economics = { value: 200, offer: 10, contact: 1, acceptance: { alpha: 6, beta: 14 } };
  const scorer = profitScorer(economics);
  expect(scorer).toMatchObject({ needs: 'order', greaterIsBetter: true, name: 'expectedMaximumProfit' });
  expect(scorer.score(y, [p.map((each) => 1 - each), p])).toBe(expectedMaximumProfit(y, p, economics));
  expect(() => profitScorer({ ...economics, value: [1, 2] })).toThrow(
    'value: expected 0 numbers, one per customer, got 2',
  );
});

describe('invalid input', () => {
  const call = (economics: object) => () =>
    expectedMaximumProfit([0, 1], [0.2, 0.4], economics as CampaignEconomics);
  const right = { value: 100, acceptance: 0.3 };
  it.each([
    [{ acceptance: 0.3 }, 'value: expected a number or a list of numbers, one per customer, got undefined'],
    [{ value: 100 }, 'acceptance: expected a number from 0 to 1'],
    [{ ...right, acceptance: 1.2 }, 'acceptance: expected a number from 0 to 1'],
    [{ ...right, acceptance: { alpha: 0, beta: 1 } }, 'acceptance: expected a number from 0 to 1'],
    [
      { ...right, offer: -1 },
      'offer: expected a number or a list of numbers of at least 0, one per customer, got -1',
    ],
    [{ ...right, contact: [1, Number.NaN] }, 'contact: expected a number or a list of numbers of at least 0'],
    [{ ...right, value: [1, 2, 3] }, 'value: expected 2 numbers, one per customer, got 3'],
    [{ ...right, incentive: 1 }, 'incentive: unknown'],
  ])('%j is rejected', (economics, message) => {
    expect(call(economics)).toThrow(message);
  });

  it('an invalid probability has no net value', () => {
    expect(() => expectedNetValues([0.2, 1.2], right)).toThrow(
      'the probability of row 1: expected a number from 0 to 1',
    );
  });
});
