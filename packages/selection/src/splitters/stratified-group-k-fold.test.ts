import fc from 'fast-check';
import reference from '../../test/reference/splitters.json';
import { StratifiedGroupKFold } from './stratified-group-k-fold.js';

describe('StratifiedGroupKFold', () => {
  it.each(reference.stratifiedGroupKFold)(
    'agrees with the test rows of scikit-learn, case %#',
    ({ y, groups, nSplits, tests }) => {
      const splits = new StratifiedGroupKFold({ nSplits }).split({ nRows: y.length }, y, groups);
      expect(splits.map(({ test }) => [...test])).toEqual(tests);
    },
  );

  it('tests each row once, with no group in both parts', () => {
    const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(12)), { minLength: 6, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.boolean(), fc.integer(), (rows, shuffle, seed) => {
        const [y, groups] = [rows.map(([label]) => label), rows.map(([, group]) => group)];
        const enough = [0, 1].every((code) =>
          [0, 2].includes(Math.min(2, y.filter((of) => of === code).length)),
        );
        fc.pre(enough && new Set(groups).size >= 2);
        const splitter = new StratifiedGroupKFold({ nSplits: 2, shuffle, seed });
        const splits = splitter.split({ nRows: y.length }, y, groups);
        expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...y.keys()]);
        for (const { train, test } of splits) {
          expect(train.length + test.length).toBe(y.length);
          const inTest = new Set(Array.from(test, (row) => groups[row]));
          expect(Array.from(train, (row) => groups[row]).some((group) => inTest.has(group))).toBe(false);
        }
      }),
    );
  });

  it('keeps class proportions if the groups allow it', () => {
    const groups = Array.from({ length: 80 }, (_, row) => Math.floor(row / 4));
    const y = groups.map((group) => (group % 4 === 0 ? 'leaves' : 'stays'));
    for (const shuffle of [false, true]) {
      const splits = new StratifiedGroupKFold({ nSplits: 5, shuffle }).split({ nRows: 80 }, y, groups);
      for (const { test } of splits) {
        expect(Array.from(test, (row) => y[row]).filter((label) => label === 'leaves')).toHaveLength(4);
        expect(test).toHaveLength(16);
      }
    }
  });

  it('rejects fewer groups or rows of a class than folds', () => {
    const splitter = new StratifiedGroupKFold({ nSplits: 2 });
    const refused = (message: string) => expect.objectContaining({ code: 'invalid-parameter', message });
    expect(() => splitter.split({ nRows: 4 }, [0, 0, 1, 1], ['a', 'a', 'a', 'a'])).toThrow(
      refused('nSplits: expected at most the 1 groups, got 2'),
    );
    expect(() => splitter.split({ nRows: 4 }, [0, 0, 0, 1], ['a', 'b', 'a', 'b'])).toThrow(
      refused('nSplits: expected at most the 1 rows of class 1, got 2'),
    );
  });
});
