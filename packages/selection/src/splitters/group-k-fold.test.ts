import fc from 'fast-check';
import reference from '../../test/reference/splitters.json';
import { GroupKFold } from './group-k-fold.js';

describe('GroupKFold', () => {
  it.each(reference.groupKFold)(
    'agrees with the test rows of scikit-learn, case %#',
    ({ groups, nSplits, tests }) => {
      const splits = new GroupKFold({ nSplits }).split({ nRows: groups.length }, undefined, groups);
      expect(splits.map(({ test }) => [...test])).toEqual(tests);
    },
  );

  it('agrees with folds computed by hand: the largest group alone, the others together', () => {
    const groups = ['__proto__', 'b', 'b', 'b', 'c'];
    const [first, second] = new GroupKFold({ nSplits: 2 }).split({ nRows: 5 }, undefined, groups);
    expect([...first.test]).toEqual([1, 2, 3]);
    expect([...second.test]).toEqual([0, 4]);
  });

  it('tests each row once, with no group in both parts', () => {
    const anyGroups = fc.array(fc.nat(12), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(anyGroups, fc.boolean(), fc.integer(), (groups, shuffle, seed) => {
        fc.pre(new Set(groups).size >= 3);
        const splitter = new GroupKFold({ nSplits: 3, shuffle, seed });
        const splits = splitter.split({ nRows: groups.length }, undefined, groups);
        expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...groups.keys()]);
        for (const { train, test } of splits) {
          expect(train.length + test.length).toBe(groups.length);
          expect(test.length).toBeGreaterThan(0);
          const inTest = new Set(Array.from(test, (row) => groups[row]));
          expect(Array.from(train, (row) => groups[row]).some((group) => inTest.has(group))).toBe(false);
        }
      }),
    );
  });

  it('shuffles by its seed', () => {
    const groups = Array.from({ length: 60 }, (_, row) => row % 20);
    const split = (splitter: GroupKFold) => splitter.split({ nRows: 60 }, undefined, groups);
    const shuffled = (seed: number) => split(new GroupKFold({ shuffle: true, seed }));
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(1)).not.toEqual(shuffled(2));
    expect(split(new GroupKFold().withSeed(1))).toEqual(shuffled(1));
  });

  it('rejects fewer groups than folds, and missing groups', () => {
    const splitter = new GroupKFold({ nSplits: 3 });
    const refused = (code: string, message: string) => expect.objectContaining({ code, message });
    expect(() => splitter.split({ nRows: 4 }, undefined, ['a', 'b', 'a', 'b'])).toThrow(
      refused('invalid-parameter', 'nSplits: expected at most the 2 groups, got 3'),
    );
    expect(() => splitter.split({ nRows: 4 })).toThrow(
      refused('invalid-data', 'groups: expected a label for each of 4 rows, got nothing'),
    );
  });
});
