import fc from 'fast-check';
import reference from '../../test/reference/splitters.json';
import { KFold } from './k-fold.js';

describe('KFold', () => {
  it.each(reference.kFold)(
    'agrees with the test rows of scikit-learn for $n rows in $nSplits',
    ({ n, nSplits, tests }) => {
      const splits = new KFold({ nSplits }).split({ nRows: n });
      expect(splits.map(({ test }) => [...test])).toEqual(tests);
    },
  );

  it('agrees with 5 rows in 2 folds computed by hand', () => {
    expect(new KFold({ nSplits: 2 }).split({ nRows: 5 })).toEqual([
      { train: Int32Array.of(3, 4), test: Int32Array.of(0, 1, 2) },
      { train: Int32Array.of(0, 1, 2), test: Int32Array.of(3, 4) },
    ]);
  });

  it('tests each row once, and trains on it otherwise, in ascending order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.nat(40),
        fc.boolean(),
        fc.integer(),
        (nSplits, more, shuffle, seed) => {
          const nRows = nSplits + more;
          const rows = [...Array(nRows).keys()];
          const splits = new KFold({ nSplits, shuffle, seed }).split({ nRows });
          expect(splits).toHaveLength(nSplits);
          expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(rows);
          for (const { train, test } of splits) {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual(rows);
            expect(train).toEqual(train.slice().sort());
            expect(test).toEqual(test.slice().sort());
            expect([0, 1]).toContain(test.length - Math.floor(nRows / nSplits));
          }
        },
      ),
    );
  });

  it('shuffles only by its seed', () => {
    const split = (shuffle: boolean, seed: number) => new KFold({ shuffle, seed }).split({ nRows: 50 });
    expect(split(true, 1)).toEqual(split(true, 1));
    expect(split(true, 1)).not.toEqual(split(true, 2));
    expect(split(false, 1)).toEqual(split(false, 2));
    expect(new KFold().withSeed(1).split({ nRows: 50 })).toEqual(split(true, 1));
  });

  it('rejects fewer than two folds, and more than rows', () => {
    const refused = (message: string) => expect.objectContaining({ code: 'invalid-parameter', message });
    for (const nSplits of [1, 0, 2.5, NaN]) {
      expect(() => new KFold({ nSplits })).toThrow(
        refused(`nSplits: expected an integer of at least 2, got ${nSplits}`),
      );
    }
    expect(() => new KFold().split({ nRows: 4 })).toThrow(
      refused('nSplits: expected at most the 4 rows, got 5'),
    );
  });
});
