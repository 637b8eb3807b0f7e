import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { f1, precision, precisionRecallF1, recall } from './precision-recall-f1.js';

describe('precisionRecallF1', () => {
  it.each(reference.twoClasses)('is what scikit-learn gives for "$name"', (expected) => {
    const { y, predicted } = expected;
    const figures = precisionRecallF1(Labels.from(y, [0, 1]), predicted);
    expect(figures.precision).toBeCloseTo(expected.precision, 14);
    expect(figures.recall).toBeCloseTo(expected.recall, 14);
    expect(figures.f1).toBeCloseTo(expected.f1, 14);
  });

  it.each([0, 1, 2])('is what scikit-learn gives for class %i of three', (positive) => {
    const expected = reference.threeClasses;
    const figures = precisionRecallF1(expected.y, expected.predicted, { positive });
    expect(figures.precision).toBeCloseTo(expected.precision[positive], 14);
    expect(figures.recall).toBeCloseTo(expected.recall[positive], 14);
    expect(figures.f1).toBeCloseTo(expected.f1[positive], 14);
  });

  it('is by hand: 3 of 5 predicted are right, and 3 of 4 positive rows are found', () => {
    const y = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
    const predicted = [1, 1, 1, 0, 1, 1, 0, 0, 0, 0];
    expect(precisionRecallF1(y, predicted)).toEqual({ precision: 3 / 5, recall: 3 / 4, f1: 2 / 3 });
    expect(precision(y, predicted)).toBe(3 / 5);
    expect(recall(y, predicted)).toBe(3 / 4);
    expect(f1(y, predicted)).toBe(2 / 3);
  });

  it('is about the class asked for', () => {
    const [y, predicted] = [
      ['a', 'a', 'b'],
      ['a', 'b', 'b'],
    ];
    expect(precisionRecallF1(y, predicted)).toMatchObject({ precision: 1 / 2, recall: 1 });
    expect(precision(y, predicted, { positive: 'a' })).toBe(1);
    expect(recall(y, predicted, { positive: 'a' })).toBe(1 / 2);
    expect(f1(y, predicted, { positive: 'a' })).toBe(2 / 3);
  });

  it('is 0 where nothing was predicted positive, nothing is, or nothing is right', () => {
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

  it('asks which class is meant of three, and of one', () => {
    const message = (n: number) => `positive: expected one of the ${n} classes, got nothing`;
    expect(() => f1([0, 1, 2], [0, 1, 2])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: message(3) }),
    );
    expect(() => f1([1, 1], [1, 1])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: message(1) }),
    );
  });

  it('refuses a class that is none', () => {
    expect(() => f1([0, 1], [0, 1], { positive: 'yes' })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'positive: expected one of [0,1], got "yes"',
      }),
    );
  });
});
