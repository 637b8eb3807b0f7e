import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { confusionMatrix } from './confusion-matrix.js';

describe('confusionMatrix', () => {
  it.each(reference.twoClasses)('agrees with scikit-learn on "$name"', ({ y, predicted, confusion }) => {
    expect(confusionMatrix(Labels.from(y, [0, 1]), predicted)).toEqual({
      classes: [0, 1],
      counts: confusion,
    });
  });

  it('agrees with scikit-learn on three classes', () => {
    const { y, predicted, confusion } = reference.threeClasses;
    expect(confusionMatrix(y, predicted).counts).toEqual(confusion);
  });

  it('counts true classes in rows and predicted ones in columns', () => {
    const truth = ['stays', 'stays', 'leaves', 'stays'];
    const predicted = ['stays', 'leaves', 'leaves', 'stays'];
    expect(confusionMatrix(truth, predicted)).toEqual({
      classes: ['leaves', 'stays'],
      counts: [
        [1, 0],
        [1, 2],
      ],
    });
  });

  it('agrees with counting every pair', () => {
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const [truth, predicted] = [rows.map(([t]) => t), rows.map(([, p]) => p)];
        const { classes, counts } = confusionMatrix(truth, predicted);
        expect(classes).toEqual([...new Set([...truth, ...predicted])].sort());
        classes.forEach((a, i) => {
          classes.forEach((b, j) => {
            expect(counts[i][j]).toBe(rows.filter(([t, p]) => t === a && p === b).length);
          });
        });
      }),
    );
  });

  it('keeps the classes of the true labels, also ones without rows, and matches predictions by name', () => {
    const truth = Labels.from(['b', 'a'], ['b', 'a', 'c']);
    expect(confusionMatrix(truth, Labels.from(['a', 'a']))).toEqual({
      classes: ['b', 'a', 'c'],
      counts: [
        [0, 1, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
    });
  });

  it('includes a class that is only predicted', () => {
    expect(confusionMatrix(['a'], ['b']).classes).toEqual(['a', 'b']);
  });

  it('rejects a prediction outside the classes of the true labels', () => {
    expect(() => confusionMatrix(Labels.from(['a', 'b']), ['a', 'c'])).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        message: 'row 1 has the label "c", expected one of ["a","b"]',
      }),
    );
  });

  it('rejects unequal lengths and no rows', () => {
    expect(() => confusionMatrix([0, 1], [0])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'expected a prediction for each of 2 labels, got 1',
      }),
    );
    expect(() => confusionMatrix([], [])).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: 'there are no rows to compare' }),
    );
  });

  it.each(reference.predicted)('agrees with scikit-learn on $name, normalised', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    for (const normalize of ['true', 'pred', 'all'] as const) {
      const { counts } = confusionMatrix(expected.y, expected.predicted, { sampleWeight, normalize });
      expect(counts).toEqual(
        expected.confusion[normalize].map((row) => row.map((n) => expect.closeTo(n, 12))),
      );
    }
  });

  it('adds up weights', () => {
    const { counts } = confusionMatrix(['a', 'a', 'b'], ['a', 'a', 'a'], { sampleWeight: [1, 0.5, 4] });
    expect(counts).toEqual([
      [1.5, 0],
      [4, 0],
    ]);
  });

  it('rejects an unknown normalisation, naming it, and a missing label, naming its row', () => {
    expect(() => confusionMatrix([0, 1], [0, 1], { normalize: 'rows' as 'all' })).toThrow(
      expect.objectContaining({ message: 'normalize: expected one of true, pred, all, got "rows"' }),
    );
    expect(() => confusionMatrix(['a', 'b'], ['a', null as unknown as string])).toThrow(
      expect.objectContaining({ code: 'invalid-target', message: 'row 1 has no label' }),
    );
  });

  it('supports labels named like object properties', () => {
    const labels = ['__proto__', 'constructor', 'toString'];
    expect(confusionMatrix(labels, labels)).toEqual({
      classes: labels,
      counts: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
  });
});
