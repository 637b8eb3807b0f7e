import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { f1, fBeta, precision, precisionRecallF1, recall } from './precision-recall-f1.js';

describe('precisionRecallF1', () => {
  it.each(reference.twoClasses)('agrees with scikit-learn on "$name"', (expected) => {
    const { y, predicted } = expected;
    const figures = precisionRecallF1(Labels.from(y, [0, 1]), predicted);
    expect(figures.precision).toBeCloseTo(expected.precision, 14);
    expect(figures.recall).toBeCloseTo(expected.recall, 14);
    expect(figures.f1).toBeCloseTo(expected.f1, 14);
  });

  it.each([0, 1, 2])('agrees with scikit-learn on class %i of three', (positive) => {
    const expected = reference.threeClasses;
    const figures = precisionRecallF1(expected.y, expected.predicted, { positive });
    expect(figures.precision).toBeCloseTo(expected.precision[positive], 14);
    expect(figures.recall).toBeCloseTo(expected.recall[positive], 14);
    expect(figures.f1).toBeCloseTo(expected.f1[positive], 14);
  });

  it('agrees with values computed by hand: 3 of 5 predicted are correct, 3 of 4 positive rows are predicted', () => {
    const y = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
    const predicted = [1, 1, 1, 0, 1, 1, 0, 0, 0, 0];
    expect(precisionRecallF1(y, predicted)).toEqual({ precision: 3 / 5, recall: 3 / 4, f1: 2 / 3 });
    expect(precision(y, predicted)).toBe(3 / 5);
    expect(recall(y, predicted)).toBe(3 / 4);
    expect(f1(y, predicted)).toBe(2 / 3);
  });

  it('refers to the given class', () => {
    const [y, predicted] = [
      ['a', 'a', 'b'],
      ['a', 'b', 'b'],
    ];
    expect(precisionRecallF1(y, predicted, { positive: 'b' })).toMatchObject({ precision: 1 / 2, recall: 1 });
    expect(precision(y, predicted, { positive: 'a' })).toBe(1);
    expect(recall(y, predicted, { positive: 'a' })).toBe(1 / 2);
    expect(f1(y, predicted, { positive: 'a' })).toBe(2 / 3);
  });

  it('is 0 if nothing is predicted positive, is positive, or is correct', () => {
    const labels = (values: number[]) => Labels.from(values, [0, 1]);
    const none = { precision: 0, recall: 0, f1: 0 };
    expect(precisionRecallF1(labels([0, 1]), [0, 0])).toEqual(none);
    expect(precisionRecallF1(labels([0, 0]), [0, 1])).toEqual(none);
    expect(precisionRecallF1(labels([0, 0]), [0, 0])).toEqual(none);
    expect(precisionRecallF1(labels([0, 1]), [1, 0])).toEqual(none);
  });

  it('has an F1 that is the harmonic mean of the other two', () => {
    const pairs = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const truth = Labels.from(
          rows.map(([t]) => t),
          [false, true],
        );
        const figures = precisionRecallF1(
          truth,
          rows.map(([, p]) => p),
        );
        const { precision, recall } = figures;
        const harmonic = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
        expect(figures.f1).toBeCloseTo(harmonic, 14);
      }),
    );
  });

  it('requires a class for three classes, and for one', () => {
    const message = (n: number) =>
      `positive: expected one of the ${n} classes, or an average other than binary, got undefined`;
    expect(() => f1([0, 1, 2], [0, 1, 2])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: message(3) }),
    );
    expect(() => f1([1, 1], [1, 1])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: message(1) }),
    );
  });

  it('rejects an unknown class', () => {
    expect(() => f1([0, 1], [0, 1], { positive: 'yes' })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'positive: expected one of [0,1], got "yes"',
      }),
    );
  });

  it.each(reference.predicted)('averages over the classes like scikit-learn, for $name', (expected) => {
    const { y, predicted, averages } = expected;
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      for (const zeroDivision of [0, 1] as const) {
        const options = { average, zeroDivision, sampleWeight: expected.sampleWeight ?? undefined };
        const received = {
          ...precisionRecallF1(y, predicted, options),
          f2: fBeta(y, predicted, { ...options, beta: 2 }),
          fHalf: fBeta(y, predicted, { ...options, beta: 0.5 }),
        };
        const figures = averages[`${average} ${zeroDivision}`];
        expect(received).toEqual({
          precision: expect.closeTo(figures.precision, 12),
          recall: expect.closeTo(figures.recall, 12),
          f1: expect.closeTo(figures.f1, 12),
          f2: expect.closeTo(figures.f2, 12),
          fHalf: expect.closeTo(figures.fHalf, 12),
        });
      }
    }
  });

  it('excludes classes with neither rows nor predictions from an average', () => {
    const truth = Labels.from(['a', 'b', 'b'], ['a', 'b', 'c']);
    expect(f1(truth, ['a', 'b', 'a'], { average: 'macro' })).toBe(2 / 3);
  });

  it('rejects invalid options', () => {
    const y = [0, 1];
    const refused = (message: string) => expect.objectContaining({ code: 'invalid-parameter', message });
    expect(() => f1(y, y, { average: 'samples' as 'macro' })).toThrow(
      refused('average: expected one of binary, macro, micro, weighted, got "samples"'),
    );
    expect(() => f1(y, y, { average: 'macro', positive: 1 })).toThrow(
      refused('positive: expected none with average macro, got 1'),
    );
    expect(() => f1(y, y, { zeroDivision: 2 as 1 })).toThrow(
      refused('zeroDivision: expected one of 0, 1, got 2'),
    );
    for (const beta of [-1, Infinity, NaN]) {
      expect(() => fBeta(y, y, { beta })).toThrow(
        refused(`beta: expected a number of at least 0, got ${beta}`),
      );
    }
  });

  it('has an F-beta that equals precision for beta 0, and approaches recall for a large beta', () => {
    const [y, predicted] = [
      [1, 1, 1, 0, 0],
      [1, 0, 0, 1, 0],
    ];
    expect(fBeta(y, predicted, { beta: 0 })).toBe(precision(y, predicted));
    expect(fBeta(y, predicted, { beta: 1e9 })).toBeCloseTo(recall(y, predicted), 12);
  });
});
