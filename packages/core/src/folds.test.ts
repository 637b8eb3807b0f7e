import fc from 'fast-check';
import reference from '../test/reference/stratified_k_fold.json';
import { stratifiedFolds } from './folds.js';
import { Labels } from './labels.js';
import { Random } from './random.js';

describe('stratifiedFolds', () => {
  it.each(reference.cases)('deals "$name" to $nFolds folds like scikit-learn', ({ y, nFolds, folds }) => {
    expect([...stratifiedFolds(Labels.from(y), nFolds)]).toEqual(folds);
  });

  it('deals classes in order of appearance, whatever the order of the classes', () => {
    const values = ['b', 'b', 'a', 'b', 'a'];
    const given = stratifiedFolds(Labels.from(values, ['b', 'a']), 2);
    expect(given).toEqual(stratifiedFolds(Labels.from(values), 2));
  });

  it('keeps class proportions in every fold, with sizes that differ by at most one', () => {
    const targets = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(targets, fc.integer({ min: 2, max: 7 }), fc.boolean(), (y, nFolds, shuffled) => {
        const labels = Labels.from(y);
        const folds = stratifiedFolds(labels, nFolds, shuffled ? new Random(1) : undefined);
        const count = (fold: number, code?: number) =>
          y.filter((_, row) => folds[row] === fold && (code === undefined || labels.codes[row] === code))
            .length;
        const spread = (code?: number) => {
          const sizes = Array.from({ length: nFolds }, (_, fold) => count(fold, code));
          return { total: sizes.reduce((a, b) => a + b), range: Math.max(...sizes) - Math.min(...sizes) };
        };
        expect(spread()).toEqual({ total: y.length, range: y.length % nFolds === 0 ? 0 : 1 });
        for (let code = 0; code < labels.classes.length; code++) {
          expect(spread(code).range).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('shuffles with a random generator, reproducibly by its seed', () => {
    const y = Labels.from(Array.from({ length: 60 }, (_, row) => row % 3 === 0));
    const [first, again, other] = [1, 1, 2].map((seed) => stratifiedFolds(y, 4, new Random(seed)));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first).not.toEqual(stratifiedFolds(y, 4));
  });

  it('returns no folds for no rows', () => {
    expect(stratifiedFolds(Labels.from([]), 3)).toHaveLength(0);
  });

  it.each([1, 0, -2, 2.5, NaN])('rejects %p folds', (nFolds) => {
    expect(() => stratifiedFolds(Labels.from([0, 1]), nFolds)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: `nFolds: expected an integer of at least 2, got ${nFolds}`,
      }),
    );
  });
});
