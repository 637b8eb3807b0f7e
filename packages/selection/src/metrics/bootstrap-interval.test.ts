import { Labels, Random, TargetValues } from '@churn/core';
import { accuracy } from './accuracy.js';
import { bootstrapInterval, bootstrapIntervals } from './bootstrap-interval.js';
import { logLoss } from './log-loss.js';
import { meanAbsoluteError } from './mean-absolute-error.js';
import { fBeta } from './precision-recall-f1.js';
import { r2 } from './r2.js';
import { rocAuc } from './roc-auc.js';

const n = 200;
const y = Array.from({ length: n }, (_, row) => (row % 4 === 0 ? 1 : 0));
const right = (row: number) => row % 10 !== 3;
const predicted = y.map((label, row) => (right(row) ? label : 1 - label));
const scores = y.map((label, row) => ((row * 37) % 100) / 100 + 0.3 * label);
const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('bootstrapInterval', () => {
  it('has ends that agree with the standard error of a share', () => {
    const { estimate, low, high, distribution } = bootstrapInterval(accuracy, y, predicted, {
      nResamples: 2000,
    });
    expect(estimate).toBe(0.9);
    expect(distribution).toHaveLength(2000);
    // The standard error of a share of 0.9 in 200 rows; the ends are 1.96 of it away, give or take their own error.
    const error = Math.sqrt((0.9 * 0.1) / n);
    expect(Math.abs(low - (0.9 - 1.96 * error))).toBeLessThan(0.4 * error);
    expect(Math.abs(high - (0.9 + 1.96 * error))).toBeLessThan(0.4 * error);
  });

  it('has percentiles of the distribution as ends', () => {
    const { low, high, distribution } = bootstrapInterval(rocAuc, y, scores, {
      nResamples: 101,
      confidenceLevel: 0.8,
    });
    expect(distribution).toEqual(distribution.slice().sort());
    expect([low, high]).toEqual([expect.closeTo(distribution[10], 12), expect.closeTo(distribution[90], 12)]);
  });

  it('is reproducible by its seed', () => {
    const interval = (seed?: number | string) =>
      bootstrapInterval(rocAuc, y, scores, { nResamples: 20, seed });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval('b'));
    expect(interval()).toEqual(interval(0));
  });

  it('keeps class counts if stratified, and otherwise varies them', () => {
    const counts = (stratified: boolean) => {
      const seen: number[][] = [];
      const metric = (labels: Labels) => seen.push(labels.counts());
      bootstrapInterval(metric, y, scores, { nResamples: 10, stratified });
      return new Set(seen.map(String));
    };
    expect([...counts(true)]).toEqual(['150,50']);
    expect(counts(false).size).toBeGreaterThan(5);
  });

  it('keeps labels, predictions and weights of a row together, whatever their type', () => {
    const rows = Float64Array.from(y.keys());
    const options = { nResamples: 3, sampleWeight: rows };
    const check = (labels: Labels, of: ArrayLike<number>, weights: ArrayLike<number> | undefined) => {
      expect(weights).toEqual(Float64Array.from(of));
      expect([...labels.codes]).toEqual(Array.from(of, (row) => y[row]));
      return 0;
    };
    bootstrapInterval(
      (labels, received, given) => check(labels, received, given?.sampleWeight),
      y,
      rows,
      options,
    );
    bootstrapInterval(
      (labels, received, given) => check(labels, received[1], given?.sampleWeight),
      y,
      [rows, rows],
      options,
    );
    const texts = [...rows].map(String);
    bootstrapInterval(
      (labels, received, given) => check(labels, received.map(Number), given?.sampleWeight),
      y,
      texts,
      options,
    );
    bootstrapInterval(
      (labels, received, given) => check(labels, received.toArray() as number[], given?.sampleWeight),
      y,
      Labels.from(rows, [...rows]),
      options,
    );
  });

  it('accepts any metric', () => {
    const both = [scores.map((score) => 1 - score / 2), scores.map((score) => score / 2)];
    expect(bootstrapInterval(logLoss, y, both, { nResamples: 5 }).estimate).toBe(logLoss(y, both));
    const f2 = bootstrapInterval((t, p, options) => fBeta(t, p, { ...options, beta: 2 }), y, predicted, {
      nResamples: 5,
    });
    expect(f2.estimate).toBe(fBeta(y, predicted, { beta: 2 }));
  });

  it('redraws samples that lack a class, and gives up if all do', () => {
    const rare = [0, 0, 0, 0, 1];
    expect(bootstrapInterval(rocAuc, rare, [1, 2, 3, 4, 5], { nResamples: 200 }).low).toBe(1);
    const single = Array.from({ length: 30 }, (_, row) => `class ${row}`);
    expect(() => bootstrapInterval(accuracy, single, single)).toThrow(
      refused('invalid-target', 'stratified: true'),
    );
    const options = { stratified: true, nResamples: 10 };
    expect(bootstrapInterval(accuracy, single, single, options).low).toBe(1);
  });

  it('rejects invalid options and data', () => {
    const interval = (options: object) => () => bootstrapInterval(accuracy, y, predicted, options);
    for (const nResamples of [0, 1.5, NaN]) {
      expect(interval({ nResamples })).toThrow(
        refused('invalid-parameter', `nResamples: expected an integer of at least 1, got ${nResamples}`),
      );
    }
    for (const confidenceLevel of [0, 1, 95, NaN]) {
      expect(interval({ confidenceLevel })).toThrow(
        refused(
          'invalid-parameter',
          `confidenceLevel: expected a number between 0 and 1, got ${confidenceLevel}`,
        ),
      );
    }
    expect(interval({ sampleWeight: [1] })).toThrow(refused('invalid-data', 'sampleWeight: '));
    expect(() => bootstrapInterval(rocAuc, [0, 1], [0.5])).toThrow(
      refused('invalid-data', 'expected 2 predictions, one for each label, got 1'),
    );
    expect(() => bootstrapInterval(() => 1, [0, 1], [[0.5, 0.5], [0.5]])).toThrow(
      refused('invalid-data', 'expected 2 predictions, one for each label, got 1'),
    );
    expect(() => bootstrapInterval(() => 1, [0, 1], Labels.from([0, 1, 1]))).toThrow(
      refused('invalid-data', 'expected 2 predictions, one for each label, got 3'),
    );
    expect(() => bootstrapInterval(rocAuc, [], [])).toThrow(refused('invalid-data', 'no rows'));
    expect(() => bootstrapInterval(() => NaN, y, scores)).toThrow(refused('invalid-data', 'resample 0'));
  });
});

it('of several metrics are those of each alone', () => {
  const random = new Random(5);
  const amounts = Float64Array.from({ length: 80 }, () => random.normal());
  const y = TargetValues.from(amounts);
  const predicted = amounts.map((amount) => amount + random.normal());
  const options = { seed: 3, nResamples: 50 };
  expect(bootstrapIntervals({ r2, meanAbsoluteError }, y, predicted, options)).toEqual({
    r2: bootstrapInterval(r2, y, predicted, options),
    meanAbsoluteError: bootstrapInterval(meanAbsoluteError, y, predicted, options),
  });
  expect(() => bootstrapIntervals({ r2: 'r2' as never }, y, predicted)).toThrow('r2: expected a function');
});
