import { Labels } from '@churn/core';
import reference from '../../test/reference/metrics.json';
import { logLoss } from './log-loss.js';

const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('logLoss', () => {
  it.each(reference.binary)('agrees with scikit-learn on $name', (expected) => {
    const { y, scores } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(logLoss(y, scores, { sampleWeight })).toBeCloseTo(expected.logLoss, 12);
    const both = [scores.map((p) => 1 - p), scores];
    expect(logLoss(y, both, { sampleWeight })).toBeCloseTo(expected.logLoss, 12);
  });

  it.each(reference.multiclass)('agrees with scikit-learn on $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(logLoss(expected.y, expected.probabilities, { sampleWeight })).toBeCloseTo(expected.logLoss, 12);
  });

  it('is the mean of minus the logarithm of the probability of the true class', () => {
    const loss = logLoss([0, 1], [0.25, 0.5]);
    expect(loss).toBeCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, 15);
    expect(logLoss([0, 1], [0.25, 0.5], { sampleWeight: [1, 0] })).toBeCloseTo(-Math.log(0.75), 15);
  });

  it('accepts rows of one class if the labels have others', () => {
    expect(logLoss(Labels.from([1, 1], [0, 1]), [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(() => logLoss([1, 1], [0.5, 0.5])).toThrow(
      refused(
        'invalid-target',
        'expected labels of two or more classes, got one (1); if a class has no rows, pass Labels with all classes',
      ),
    );
  });

  it('is about 36 for a certain but wrong row, not infinite', () => {
    expect(logLoss([0, 1], [1, 1])).toBeCloseTo(-Math.log(Number.EPSILON) / 2, 12);
  });

  it('rejects invalid probabilities, naming the row', () => {
    const message = (row: number, received: number) =>
      `the probability of row ${row}: expected a number from 0 to 1, got ${received}`;
    expect(() => logLoss([0, 1], [0.5, 1.5])).toThrow(refused('invalid-data', message(1, 1.5)));
    expect(() => logLoss([0, 1], [-0.1, 0.5])).toThrow(refused('invalid-data', message(0, -0.1)));
    expect(() => logLoss([0, 1], [NaN, 0.5])).toThrow(refused('invalid-data', 'row 0 is not a number'));
    expect(() => logLoss([0, 1], [0.5])).toThrow(refused('invalid-data', 'expected 2 scores'));
    expect(() => logLoss([], [])).toThrow(refused('invalid-data', 'no rows'));
    expect(() =>
      logLoss(
        [0, 1],
        [
          [0.5, 0.5],
          [0.5, 0.25],
        ],
      ),
    ).toThrow(refused('invalid-data', 'the probabilities of row 1 add up to 0.75, expected 1'));
    expect(() => logLoss([0, 1, 2], [0.1, 0.2, 0.3])).toThrow(
      refused('invalid-target', 'one array of probabilities per class, got 3 classes'),
    );
  });
});
