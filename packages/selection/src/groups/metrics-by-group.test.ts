import { Durations, Labels, Random, TargetValues } from '@churn/core';
import { concordance } from '@churn/survival';
import reference from '../../test/reference/groups.json';
import { accuracy } from '../metrics/accuracy.js';
import { falsePositiveRate } from '../metrics/false-positive-rate.js';
import { logLoss } from '../metrics/log-loss.js';
import { meanAbsoluteError } from '../metrics/mean-absolute-error.js';
import { recall } from '../metrics/precision-recall-f1.js';
import { rocAuc } from '../metrics/roc-auc.js';
import { selectionRate } from '../metrics/selection-rate.js';
import { metricsByGroup } from './metrics-by-group.js';

const metrics = { accuracy, recall, selectionRate, falsePositiveRate };

it.each(reference.cases)('agrees with the MetricFrame of fairlearn for $name', (wanted) => {
  const { y, predicted, groups } = wanted;
  const sampleWeight = wanted.sampleWeight ?? undefined;
  const found = metricsByGroup(y, predicted, groups, { metrics, sampleWeight });
  for (const name of Object.keys(metrics) as (keyof typeof metrics)[]) {
    expect(found.overall[name].value).toBeCloseTo(wanted.overall[name], 12);
    for (const { group, metrics } of found.groups) {
      const { value, interval, difference } = metrics[name] as NonNullable<(typeof metrics)[typeof name]>;
      const ofGroup = wanted.byGroup[group as keyof typeof wanted.byGroup] as Record<string, number>;
      expect(value).toBeCloseTo(ofGroup[name], 12);
      expect(difference).toBeCloseTo(ofGroup[name] - wanted.overall[name], 12);
      expect(interval?.[0]).toBeLessThanOrEqual(value);
      expect(interval?.[1]).toBeGreaterThanOrEqual(value);
    }
    expect(found.disparity[name]?.difference).toBeCloseTo(wanted.difference[name], 12);
    expect(found.disparity[name]?.ratio).toBeCloseTo(wanted.ratio[name], 12);
  }
});

it('has metrics of target values and of probabilities by number', () => {
  const { y, predicted, labels, probabilities, age } = reference.values;
  const amounts = metricsByGroup(TargetValues.from(y), predicted, age, {
    metrics: { meanAbsoluteError },
    nResamples: 100,
  });
  amounts.groups.forEach(({ metrics }, i) => {
    expect(metrics.meanAbsoluteError?.value).toBeCloseTo(reference.values.meanAbsoluteError[i], 11);
    const [low, high] = metrics.meanAbsoluteError?.interval ?? [];
    expect(low).toBeLessThan(high as number);
  });
  const losses = metricsByGroup(labels, probabilities, age, { metrics: { logLoss }, nResamples: null });
  expect(losses.overall.logLoss.interval).toBeNull();
  losses.groups.forEach(({ metrics }, i) => {
    expect(metrics.logLoss?.value).toBeCloseTo(reference.values.logLoss[i], 12);
  });
});

it('has metrics of durations', () => {
  const random = new Random(3);
  const durations = Float64Array.from({ length: 60 }, () => 1 + random.uniform());
  const y = Durations.from({ durations, events: durations.map((_, i) => Number(i % 3 > 0)) });
  const groups = Array.from(durations, (_, i) => (i % 2 === 0 ? 'even' : 'odd'));
  const { groups: found, disparity } = metricsByGroup(
    y,
    durations.map((value) => -value),
    groups,
    {
      metrics: { concordance },
      nResamples: 20,
    },
  );
  expect(found.map(({ metrics }) => metrics.concordance?.value)).toEqual([1, 1]);
  expect(disparity.concordance).toMatchObject({ difference: 0, ratio: 1 });
});

it('compares with a named group, and has no value for an undefined metric', () => {
  const y = Labels.from([1, 0, 1, 0, 0, 0], { positive: 1 });
  const groups = ['a', 'a', 'a', 'a', 'b', 'b'];
  const { groups: found, disparity } = metricsByGroup(y, [1, 0, 0, 0, 0, 1], groups, {
    metrics: { recall, rocAuc, selectionRate },
    reference: 'a',
  });
  expect(found[0].metrics.recall).toMatchObject({ value: 0.5, difference: 0, ratio: 1 });
  expect(found[1].metrics).toMatchObject({
    recall: null,
    rocAuc: null,
    selectionRate: { value: 0.5, difference: 0.25, ratio: 2 },
  });
  expect(disparity).toMatchObject({
    recall: null,
    selectionRate: { lowest: 'a', highest: 'b', difference: 0.25, ratio: 0.5 },
  });
});

it('counts a row of weight 2 as two equal rows', () => {
  const [y, predicted] = [
    [1, 0, 1, 0],
    [1, 1, 0, 0],
  ];
  const once = metricsByGroup(y, predicted, ['a', 'a', 'b', 'b'], { metrics, sampleWeight: [2, 1, 1, 3] });
  const rows = [0, 0, 1, 2, 3, 3, 3];
  const pick = <V>(of: readonly V[]) => rows.map((row) => of[row]);
  const repeated = metricsByGroup(pick(y), pick(predicted), pick(['a', 'a', 'b', 'b']), { metrics });
  expect(once.groups.map(({ metrics }) => metrics)).toEqual(repeated.groups.map(({ metrics }) => metrics));
  expect(once.disparity).toEqual(repeated.disparity);
});

it('rejects invalid input', () => {
  const options = { metrics: { recall } };
  expect(() => metricsByGroup([0, 1], [0, 1], ['a', 'b'], { metrics: {} })).toThrow(
    'metrics: expected metrics',
  );
  expect(() => metricsByGroup([0, 1], [0, 1], ['a', 'b'], { ...options, reference: 'c' })).toThrow(
    'reference: expected one of a, b, got "c"',
  );
  expect(() => metricsByGroup([0, 1], [0], ['a', 'b'], options)).toThrow('expected 2 predictions');
  expect(() => metricsByGroup([0, 1], [0, 1], ['a'], options)).toThrow('a value for each of 2 rows');
  expect(() => metricsByGroup([0, 1], [0, 1], [1, 'b'], options)).toThrow('column "groups", row 1');
});
