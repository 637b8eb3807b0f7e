import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/profit.json';
import { averageCost, type CostOptions, expectedCost, expectedSavings, savings } from './cost-metrics.js';
import { costThresholds } from './customer-costs.js';
import { type CostMatrix, leastCostCodes, misclassificationCost } from './misclassification-cost.js';
import { campaignCosts, expectedNetValues } from './net-value.js';

const { y, p, predicted, costs, ...expected } = reference.different;

it('costs and savings agree with empulse', () => {
  expect(averageCost(y, predicted, costs)).toBeCloseTo(expected.averageCost, 12);
  expect(expectedCost(y, p, costs)).toBeCloseTo(expected.expectedCost, 12);
  expect(savings(y, predicted, costs)).toBeCloseTo(expected.savings, 12);
  expect(expectedSavings(y, p, costs)).toBeCloseTo(expected.expectedSavings, 12);
});

it('thresholds by customer agree with empulse', () => {
  const found = costThresholds(costs, y.length);
  const clipped = (each: number) => Math.min(each, 1);
  expect(Array.from(found, clipped)).toEqual(expected.thresholds.map((each) => expect.closeTo(each, 12)));
});

it('campaign costs agree with empulse, and customers of positive net value are contacted', () => {
  const { value, fraction, contact, alpha, beta } = expected;
  const economics = {
    value,
    offer: value.map((each) => fraction * each),
    contact,
    acceptance: alpha / (alpha + beta),
  };
  const campaign = campaignCosts(economics, y.length);
  expect(expectedCost(y, p, campaign)).toBeCloseTo(expected.expectedChurnCost, 10);
  const thresholds = costThresholds(campaign, y.length);
  expect(Array.from(thresholds, (each) => Math.min(each, 1))).toEqual(
    expected.churnThresholds.map((each) => expect.closeTo(each, 12)),
  );
  const net = expectedNetValues(p, economics);
  expect(Array.from(net, (each) => each > 0)).toEqual(p.map((each, i) => each > thresholds[i]));
});

const cost = fc.integer({ min: -5, max: 9 });
const costRecord = fc.record({
  falsePositive: cost,
  falseNegative: cost,
  truePositive: cost,
  trueNegative: cost,
});

it('a threshold separates the probabilities at which contacting costs less', () => {
  fc.assert(
    fc.property(costRecord, fc.double({ min: 0, max: 1, noNaN: true }), (each, probability) => {
      const { falsePositive, falseNegative, truePositive, trueNegative } = each;
      const call = probability * truePositive + (1 - probability) * falsePositive;
      const rest = probability * falseNegative + (1 - probability) * trueNegative;
      fc.pre(Math.abs(call - rest) > 1e-9);
      // Where calling pays at low probabilities alone, no threshold does that.
      fc.pre(falsePositive > trueNegative || truePositive <= falseNegative);
      expect(probability >= costThresholds(each, 1)[0]).toBe(call < rest);
    }),
  );
});

it('a customer of weight 2 counts as two', () => {
  const options = { falsePositive: [1, 2, 3], falseNegative: 5 };
  const twice = { falsePositive: [1, 2, 2, 3], falseNegative: 5 };
  const weighted: CostOptions = { ...options, sampleWeight: [1, 2, 1] };
  expect(averageCost([0, 0, 1], [1, 1, 0], weighted)).toBe(averageCost([0, 0, 0, 1], [1, 1, 1, 0], twice));
  expect(expectedCost([0, 0, 1], [0.5, 0.25, 0.75], weighted)).toBe(
    expectedCost([0, 0, 0, 1], [0.5, 0.25, 0.25, 0.75], twice),
  );
});

it('the positive class comes from the labels', () => {
  const labels = Labels.from(['left', 'stayed', 'left'], { positive: 'left' });
  const options = { falsePositive: 1, falseNegative: 10 };
  expect(averageCost(labels, ['stayed', 'stayed', 'left'], options)).toBeCloseTo(10 / 3, 14);
  expect(() => averageCost(['a', 'b'], ['a', 'a'], options)).toThrow(
    'the positive class, "a" or "b", is unknown',
  );
  expect(() => averageCost([0, 1, 2], [0, 1, 2], options)).toThrow('expected labels of two classes, got 3');
  expect(() => savings([0, 1], [0, 1], { falsePositive: 0, falseNegative: 1 })).toThrow(
    'the cheaper of predicting everybody or nobody positive costs 0 per customer',
  );
});

describe('a cost matrix of three classes', () => {
  const matrix: CostMatrix = [
    [0, 1, 4],
    [2, 0, 1],
    [9, 3, -1],
  ];
  const truth = ['a', 'b', 'c', 'c'];

  it('yields the mean cost of predictions', () => {
    expect(misclassificationCost(truth, ['b', 'b', 'a', 'c'], { costs: matrix })).toBe((1 + 0 + 9 - 1) / 4);
    const sampleWeight = [1, 1, 2, 0];
    expect(misclassificationCost(truth, ['b', 'b', 'a', 'c'], { costs: matrix, sampleWeight })).toBe(
      (1 + 0 + 18) / 4,
    );
  });

  it('predicts the class of least cost for each row', () => {
    const probabilities = [
      [0.7, 0.4, 0.98],
      [0.2, 0.3, 0.01],
      [0.1, 0.3, 0.01],
    ];
    const codes = leastCostCodes(probabilities, matrix);
    codes.forEach((code, row) => {
      const expectedCosts = [0, 1, 2].map((j) =>
        probabilities.reduce((sum, column, i) => sum + column[row] * matrix[i][j], 0),
      );
      expect(expectedCosts[code]).toBe(Math.min(...expectedCosts));
    });
    expect([...codes]).toEqual([1, 1, 0]);
  });

  it.each<[unknown, string]>([
    [[[0, 1]], 'costs: expected a list of costs by predicted class for each class'],
    [[[0, 1], [1]], 'costs: expected a list of costs by predicted class for each class'],
    [
      [
        [0, 1],
        [1, 0],
      ],
      'costs: expected costs of 3 classes, got 2',
    ],
  ])('%j is rejected', (wrong, message) => {
    expect(() => misclassificationCost(truth, truth, { costs: wrong as CostMatrix })).toThrow(message);
    expect(() => leastCostCodes([[0.1], [0.2], [0.7]], wrong as CostMatrix)).toThrow(message);
  });
});
