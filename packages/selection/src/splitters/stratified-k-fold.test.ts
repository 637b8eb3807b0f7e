import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/splitters.json';
import { StratifiedKFold } from './stratified-k-fold.js';

const refused = (code: string, message: string) => expect.objectContaining({ code, message });

describe('StratifiedKFold', () => {
  it.each(reference.stratifiedKFold)(
    'agrees with the test rows of scikit-learn, case %#',
    ({ y, nSplits, tests }) => {
      const splits = new StratifiedKFold({ nSplits }).split({ nRows: y.length }, y);
      expect(splits.map(({ test }) => [...test])).toEqual(tests);
    },
  );

  it('tests each row once, with class proportions kept to within a row', () => {
    const targets = fc.array(fc.nat(2), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(targets, fc.boolean(), fc.integer(), (y, shuffle, seed) => {
        const labels = Labels.from(y);
        const nSplits = 3;
        fc.pre(labels.counts().every((count) => count >= nSplits));
        const splits = new StratifiedKFold({ nSplits, shuffle, seed }).split({ nRows: y.length }, labels);
        expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...y.keys()]);
        for (const { train, test } of splits) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...y.keys()]);
          labels
            .take(test)
            .counts()
            .forEach((count, code) => {
              expect(Math.abs(count - labels.counts()[code] / nSplits)).toBeLessThan(1);
            });
        }
      }),
    );
  });

  it('shuffles by its seed', () => {
    const y = Array.from({ length: 60 }, (_, row) => row % 2);
    const split = (seed: number) => new StratifiedKFold({ shuffle: true, seed }).split({ nRows: 60 }, y);
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
    expect(new StratifiedKFold().withSeed(1).split({ nRows: 60 }, y)).toEqual(split(1));
  });

  it('rejects a class smaller than the number of folds, and missing labels', () => {
    const splitter = new StratifiedKFold({ nSplits: 3 });
    expect(() => splitter.split({ nRows: 5 }, ['a', 'a', 'a', 'b', 'b'])).toThrow(
      refused('invalid-parameter', 'nSplits: expected at most the 2 rows of class "b", got 3'),
    );
    expect(() => splitter.split({ nRows: 0 }, [])).toThrow(
      refused('invalid-parameter', 'nSplits: expected at most the 0 rows, got 3'),
    );
    expect(() => splitter.split({ nRows: 5 })).toThrow(
      refused('invalid-data', 'y: expected a label for each of 5 rows, got nothing'),
    );
    expect(() => splitter.split({ nRows: 5 }, [0, 1])).toThrow(
      refused('invalid-data', 'y: expected a label for each of 5 rows, got 2'),
    );
    expect(() => splitter.split({ nRows: 2 }, [0, NaN])).toThrow(
      refused('invalid-target', 'y: row 1 has no label'),
    );
    expect(() => new StratifiedKFold({ nSplits: 1 })).toThrow(
      refused('invalid-parameter', 'nSplits: expected an integer of at least 2, got 1'),
    );
  });
});
