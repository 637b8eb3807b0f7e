import { type ClassLabel, Labels, Table } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { ThresholdClassifier } from '../threshold-classifier.js';
import { tuneThreshold } from '../tune-threshold.js';
import { averagePrecision } from './average-precision.js';
import { brierScore } from './brier-score.js';
import { calibrationCurve } from './calibration-curve.js';
import { cumulativeGains } from './cumulative-gains.js';
import { expectedCalibrationError } from './expected-calibration-error.js';
import { liftCurve } from './lift-curve.js';
import { logLoss } from './log-loss.js';
import type { Scores } from './metric.js';
import { precisionRecallCurve } from './precision-recall-curve.js';
import { f1, fBeta, precision, precisionRecallF1, recall } from './precision-recall-f1.js';
import { rocAuc } from './roc-auc.js';
import { rocCurve } from './roc-curve.js';

type Truth = Labels | readonly ClassLabel[];

const names = ['stayed', 'left', 'stayed', 'left', 'stayed', 'stayed'];
const ofLeft = [0.2, 0.9, 0.6, 0.4, 0.1, 0.3];
const columns = [ofLeft.map((p) => 1 - p), ofLeft];
const calls = ofLeft.map((p) => (p > 0.5 ? 'left' : 'stayed'));
const rule = { maximise: 'f1' } as const;

/** Metrics that are about the positive class. */
const metrics: readonly [string, (truth: Truth, options?: { positive?: ClassLabel }) => unknown][] = [
  ...[rocAuc, averagePrecision, rocCurve, precisionRecallCurve, cumulativeGains, liftCurve].map(
    (metric) => [metric.name, (truth: Truth, options?: object) => metric(truth, ofLeft, options)] as const,
  ),
  ...[calibrationCurve, expectedCalibrationError].map(
    (metric) => [metric.name, (truth: Truth, options?: object) => metric(truth, ofLeft, options)] as const,
  ),
  ...[f1, precision, recall, precisionRecallF1].map(
    (metric) => [metric.name, (truth: Truth, options?: object) => metric(truth, calls, options)] as const,
  ),
  ['fBeta', (truth, options) => fBeta(truth, calls, { beta: 2, ...options })],
  ['tuneThreshold', (truth, options) => tuneThreshold(truth, ofLeft, rule, options)],
] as [string, (truth: Truth, options?: object) => unknown][];

const unknown = expect.objectContaining({
  code: 'invalid-target',
  message:
    'the positive class, "left" or "stayed", is unknown; name it: Labels.from(y, { positive: "stayed" })',
});

describe.each(metrics)('%s', (_, metric) => {
  it('rejects two classes without a known positive class', () => {
    expect(() => metric(names)).toThrow(unknown);
    expect(() => metric(Labels.from(names))).toThrow(unknown);
  });

  it('uses the named class, whatever the sorted order', () => {
    const expected = metric(Labels.from(names, { positive: 'left' }));
    expect(metric(names, { positive: 'left' })).toEqual(expected);
    expect(metric(Labels.from(names, ['stayed', 'left']))).toEqual(expected);
    expect(metric(Labels.from(names, { positive: 'stayed' }), { positive: 'left' })).toEqual(expected);
    expect(metric(Labels.from(names, { positive: 'stayed' }))).not.toEqual(expected);
    expect(() => metric(names, { positive: 'gone' })).toThrow(
      'positive: expected one of ["left","stayed"], got "gone"',
    );
  });
});

describe('one array of probabilities per class', () => {
  it.each<[string, (truth: Truth, scores: Scores) => number]>([
    ['rocAuc', rocAuc],
    ['logLoss', logLoss],
    ['brierScore', brierScore],
  ])('suffices for %s, which is the same for either class', (_, metric) => {
    const known = metric(Labels.from(names, { positive: 'left' }), ofLeft);
    expect(metric(names, [...columns].reverse())).toBeCloseTo(known, 14);
    expect(() => metric(names, ofLeft)).toThrow(unknown);
  });

  it('uses the scores of the named class', () => {
    const known = averagePrecision(Labels.from(names, { positive: 'left' }), ofLeft);
    expect(averagePrecision(names, [...columns].reverse(), { positive: 'left' })).toBe(known);
    expect(() => averagePrecision(names, columns)).toThrow(unknown);
  });
});

it('a threshold classifier requires labels with a known positive class', () => {
  const x = Table.fromColumns({ a: Array.from({ length: 40 }, (_, i) => i % 9) });
  const y = Array.from({ length: 40 }, (_, i) => (i % 9 > 3 ? 'left' : 'stayed'));
  const model = new ThresholdClassifier({ classifier: new LogisticRegression() });
  expect(() => model.fit(x, y)).toThrow('the positive class, "left" or "stayed", is unknown');
  expect(model.fit(x, Labels.from(y, { positive: 'left' })).classes).toEqual(['stayed', 'left']);
});
