import { Labels, Random, TargetValues } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/amount_metrics.json';
import * as selection from '../index.js';
import type { RegressionMetric } from './metric.js';
import { weightedQuantile } from './weighted-quantile.js';

const exported = new Map<string, unknown>(Object.entries(selection));
const metrics: Readonly<Record<string, RegressionMetric>> = Object.fromEntries(
  Object.values(selection.scorers)
    .filter(({ needs }) => needs === 'values')
    .map(({ name }) => [name, exported.get(name) as RegressionMetric]),
);
type Named = Readonly<Record<string, number | undefined>>;

it('each regression metric has a scorer of its name', () => {
  expect(Object.keys(metrics)).toHaveLength(17);
  expect(Object.values(metrics).every((metric) => typeof metric === 'function')).toBe(true);
});

describe.each(Object.entries(metrics))('%s', (name, metric) => {
  const cases = reference.cases.filter(({ metrics }) => (metrics as Named)[name] !== undefined);

  it.each(cases)('agrees with scikit-learn on $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    const score = metric(expected.y, expected.predicted, { sampleWeight });
    const wanted = (expected.metrics as Named)[name] as number;
    expect(Math.abs(score - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
  });

  it('counts a row of weight 2 as two equal rows', () => {
    const amount = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { minLength: 2, maxLength: 20 }), (pairs) => {
        const actual = pairs.map(([value]) => value);
        const predicted = pairs.map(([, value]) => value);
        const sampleWeight = pairs.map((_, i) => i % 3);
        const repeated = [...pairs.keys()].flatMap((i) => new Array<number>(i % 3).fill(i));
        const pick = (of: number[]) => repeated.map((i) => of[i]);
        if (repeated.length < 2) return;
        expect(metric(actual, predicted, { sampleWeight })).toBeCloseTo(
          metric(pick(actual), pick(predicted)),
          9,
        );
      }),
    );
  });

  it('has a bootstrap interval that contains it', () => {
    const random = new Random(1);
    const actual = Float64Array.from({ length: 80 }, () => 5 + random.uniform());
    const predicted = actual.map((value) => value + random.uniform());
    const { estimate, low, high } = selection.bootstrapInterval(
      metric,
      TargetValues.from(actual),
      predicted,
      {
        nResamples: 200,
      },
    );
    expect(estimate).toBe(metric(actual, predicted));
    expect(low).toBeLessThan(high);
    expect(low).toBeLessThanOrEqual(estimate);
    expect(high).toBeGreaterThanOrEqual(estimate);
  });

  it('rejects lists that are not one number per row', () => {
    expect(() => metric([1, 2], [1])).toThrow('expected a prediction for each of 2 target values, got 1');
    expect(() => metric([], [])).toThrow('there are no rows to compare');
    expect(() => metric([1, NaN], [1, 2])).toThrow('row 1: expected a finite number');
    expect(() => metric([1, 2], [1, Infinity])).toThrow('row 1: expected a finite number');
    expect(() => metric(Labels.from([0, 1]) as never, [1, 2])).toThrow(
      'expected one number per row, got class labels',
    );
  });
});

describe('options', () => {
  it.each(reference.pinball)(
    'alpha $alpha',
    ({ alpha, y, predicted, sampleWeight, meanPinballLoss, d2Pinball }) => {
      expect(selection.meanPinballLoss(y, predicted, { alpha, sampleWeight })).toBeCloseTo(
        meanPinballLoss,
        12,
      );
      expect(selection.d2Pinball(y, predicted, { alpha, sampleWeight })).toBeCloseTo(d2Pinball, 12);
    },
  );

  it.each(reference.tweedie)(
    'power $power',
    ({ power, y, predicted, sampleWeight, meanTweedieDeviance, d2Tweedie }) => {
      expect(selection.meanTweedieDeviance(y, predicted, { power, sampleWeight })).toBeCloseTo(
        meanTweedieDeviance,
        12,
      );
      expect(selection.d2Tweedie(y, predicted, { power, sampleWeight })).toBeCloseTo(d2Tweedie, 12);
    },
  );

  it('are rejected if there is no such quantile or distribution', () => {
    expect(() => selection.meanPinballLoss([1], [1], { alpha: 1.1 })).toThrow('alpha: expected');
    expect(() => selection.meanTweedieDeviance([1], [1], { power: 0.5 })).toThrow(
      'power: expected a number of at most 0, or at least 1',
    );
    expect(() => selection.meanSquaredError([1], [1], { alpha: 0.5 } as never)).toThrow('alpha: unknown');
    expect(() => selection.meanPoissonDeviance([1], [1], { power: 2 } as never)).toThrow('power: unknown');
  });
});

describe('values outside the domain of a metric are named', () => {
  it.each<[string, () => number, string]>([
    [
      'log',
      () => selection.meanSquaredLogError([0, -1], [0, 0]),
      'row 1: expected a target value above -1, got -1',
    ],
    [
      'root log',
      () => selection.rootMeanSquaredLogError([0, 0], [0, -2]),
      'row 1: expected a prediction above -1, got -2',
    ],
    [
      'Poisson',
      () => selection.meanPoissonDeviance([-1], [1]),
      'row 0: expected a target value of at least 0 with power 1, got -1',
    ],
    [
      'Poisson',
      () => selection.meanPoissonDeviance([1], [0]),
      'row 0: expected a prediction above 0 with power 1, got 0',
    ],
    [
      'gamma',
      () => selection.meanGammaDeviance([0], [1]),
      'row 0: expected a target value above 0 with power 2, got 0',
    ],
    [
      'extreme stable',
      () => selection.d2Tweedie([1, -1], [1, -1], { power: -1 }),
      'row 1: expected a prediction above 0 with power -1, got -1',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('is undefined for one row', () => {
    const { r2, explainedVariance, d2Pinball, d2Tweedie } = selection;
    for (const metric of [r2, explainedVariance, d2Pinball, d2Tweedie])
      expect(() => metric([1], [1])).toThrow(`${metric.name}: expected two or more rows, got one`);
  });
});

describe('weightedQuantile', () => {
  it('is the midpoint if a value has exactly the share', () => {
    const values = Float64Array.of(4, 1, 3, 2);
    expect(weightedQuantile(values, Float64Array.of(1, 1, 1, 1), 0.5)).toBe(2.5);
    expect(weightedQuantile(values, Float64Array.of(1, 1, 1, 1), 0.6)).toBe(3);
    expect(weightedQuantile(values, Float64Array.of(1, 0, 1, 1), 0)).toBe(2);
    expect(weightedQuantile(values, Float64Array.of(0, 1, 1, 1), 1)).toBe(3);
  });
});
