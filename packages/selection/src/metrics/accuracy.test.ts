import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { accuracy } from './accuracy.js';

describe('accuracy', () => {
  it.each(reference.twoClasses)(
    'agrees with scikit-learn on "$name"',
    ({ y, predicted, accuracy: expected }) => {
      expect(accuracy(y, predicted)).toBeCloseTo(expected, 14);
    },
  );

  it('is the share of correct predictions', () => {
    expect(accuracy(['a', 'b', 'c', 'a'], ['a', 'b', 'b', 'c'])).toBe(0.5);
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const right = rows.filter(([truth, predicted]) => truth === predicted).length;
        const [truth, predicted] = [rows.map(([t]) => t), rows.map(([, p]) => p)];
        expect(accuracy(truth, predicted)).toBe(right / rows.length);
      }),
    );
  });

  it('compares labels by name, whatever their order', () => {
    expect(accuracy(Labels.from(['a', 'b'], ['b', 'a']), ['a', 'b'])).toBe(1);
  });

  it('rejects no rows', () => {
    expect(() => accuracy([], [])).toThrow(expect.objectContaining({ code: 'invalid-data' }));
  });

  it.each(reference.predicted)('agrees with scikit-learn on $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(accuracy(expected.y, expected.predicted, { sampleWeight })).toBeCloseTo(expected.accuracy, 12);
  });
});
