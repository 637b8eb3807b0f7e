import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { rocAuc } from './roc-auc.js';

/** The share of pairs of a positive and a negative row in which the positive one scores higher; a tie is half a pair. */
function auc(y: readonly number[], scores: ArrayLike<number>): number {
  let won = 0;
  let pairs = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < y.length; j++) {
      if (y[i] !== 1 || y[j] !== 0) continue;
      pairs++;
      if (scores[i] > scores[j]) won++;
      if (scores[i] === scores[j]) won += 0.5;
    }
  }
  return won / pairs;
}

const scored = (score: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 1 }), score), { minLength: 2, maxLength: 60 })
    .filter((rows) => new Set(rows.map(([label]) => label)).size === 2)
    .map((rows) => ({ y: rows.map(([label]) => label), scores: rows.map(([, value]) => value) }));

describe('rocAuc', () => {
  it.each(reference.twoClasses)('agrees with scikit-learn on "$name"', ({ y, scores, rocAuc: expected }) => {
    expect(rocAuc(y, scores)).toBeCloseTo(expected, 14);
  });

  it.each([
    ['finite scores, most of them different', fc.double({ noNaN: true, noDefaultInfinity: true })],
    ['infinite scores too', fc.constantFrom(-Infinity, -1, -0, 0, 1, Infinity)],
    ['scores with many ties', fc.integer({ min: 0, max: 3 })],
  ])('is the share of correctly ordered pairs, for %s', (_, score) => {
    fc.assert(
      fc.property(scored(score), ({ y, scores }) => {
        expect(rocAuc(y, scores)).toBeCloseTo(auc(y, scores), 13);
      }),
    );
  });

  it('is one minus itself for reversed scores, and invariant to increasing functions', () => {
    fc.assert(
      fc.property(scored(fc.integer({ min: -20, max: 20 })), ({ y, scores }) => {
        const value = rocAuc(y, scores);
        const reversed = scores.map((score) => -score);
        const increased = scores.map((score) => 1 / (1 + Math.exp(-score)));
        expect(rocAuc(y, reversed)).toBeCloseTo(1 - value, 14);
        expect(rocAuc(y, increased)).toBe(value);
      }),
    );
  });

  it('uses the last class of the labels as the positive one', () => {
    const scores = Float64Array.of(0.1, 0.9, 0.8);
    expect(rocAuc(Labels.from(['no', 'yes', 'yes'], { positive: 'yes' }), scores)).toBe(1);
    expect(rocAuc(Labels.from(['no', 'yes', 'yes'], ['yes', 'no']), scores)).toBe(0);
  });

  it('is exact for many rows', () => {
    const n = 100_000;
    const y = Array.from({ length: n }, (_, row) => row % 2);
    expect(rocAuc(y, y)).toBe(1);
    expect(rocAuc(y, new Float64Array(n))).toBe(0.5);
  });

  it('rejects a score that is not a number, naming the row, wherever it is', () => {
    for (let row = 0; row < 5; row++) {
      const scores = [0.1, 0.5, 0.5, 0.2, 0.9].map((score, i) => (i === row ? NaN : score));
      expect(() => rocAuc([0, 1, 0, 1, 0], scores)).toThrow(
        expect.objectContaining({ code: 'invalid-data', message: `the score of row ${row} is not a number` }),
      );
    }
  });

  it('rejects a different number of scores and labels', () => {
    expect(() => rocAuc([0, 1], [0.5])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'expected 2 scores, one for each label, got 1',
      }),
    );
  });

  it.each([[[1, 1]], [[0, 1, 2]], [[]]])('rejects the labels %j', (y) => {
    expect(() => rocAuc(y, y)).toThrow(expect.objectContaining({ code: 'invalid-target' }));
  });

  it.each(reference.binary)(
    'agrees with scikit-learn on $name',
    ({ y, scores, sampleWeight, rocAuc: expected }) => {
      expect(rocAuc(y, scores, { sampleWeight: sampleWeight ?? undefined })).toBeCloseTo(expected, 12);
    },
  );

  it.each(reference.multiclass)('agrees with scikit-learn on $name', (expected) => {
    const { y, probabilities } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(rocAuc(y, probabilities, { sampleWeight })).toBeCloseTo(expected.macro.rocAuc, 12);
    const weighted = rocAuc(y, probabilities, { sampleWeight, average: 'weighted' });
    expect(weighted).toBeCloseTo(expected.weighted.rocAuc, 12);
  });

  it('counts a row of weight 2 as two equal rows, and ignores one of weight 0', () => {
    const weighted = fc.array(fc.tuple(fc.nat(1), fc.nat(4), fc.nat(3)), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(weighted, (rows) => {
        const drawn = rows.flatMap((row) => Array.from({ length: row[2] }, () => row));
        fc.pre(new Set(drawn.map(([label]) => label)).size === 2);
        const [y, scores, sampleWeight] = [0, 1, 2].map((i) => rows.map((row) => row[i]));
        const again = rocAuc(
          drawn.map(([label]) => label),
          drawn.map(([, score]) => score),
        );
        expect(rocAuc(y, scores, { sampleWeight })).toBeCloseTo(again, 13);
      }),
    );
  });

  it('uses the second of two arrays', () => {
    const positive = [0.1, 0.9, 0.8, 0.4];
    expect(rocAuc([0, 1, 0, 1], [positive.map((p) => 1 - p), positive])).toBe(rocAuc([0, 1, 0, 1], positive));
  });

  it('names the class without rows', () => {
    const columns = [
      [0.2, 0.3],
      [0.3, 0.3],
      [0.5, 0.4],
    ];
    const refused = (message: string) =>
      expect.objectContaining({ message: expect.stringContaining(message) });
    expect(() => rocAuc(Labels.from(['a', 'c'], ['a', 'b', 'c']), columns)).toThrow(
      refused('the class "b" has no rows, so its score against the others is undefined'),
    );
    expect(() =>
      rocAuc(
        [1, 2, 3],
        columns.map((c) => [...c, 0.2]),
        { sampleWeight: [1, 0, 1] },
      ),
    ).toThrow(refused('the class 2 has rows of weight 0 only'));
    expect(() => rocAuc(['a', 'c'], columns)).toThrow(refused('for each of the 2 classes (a, c), got 3'));
    expect(() => rocAuc([0, 1], [0.1, 0.2], { sampleWeight: [1, 0] })).toThrow(
      refused('the class 1 has rows of'),
    );
    expect(() => rocAuc([0, 1], [0.1, 0.2], { average: 'micro' as 'macro' })).toThrow(
      refused('average: expected one of macro, weighted, got "micro"'),
    );
    expect(() => rocAuc([0, 1], [0.1, 0.2], { sampleWeight: [1] })).toThrow(refused('sampleWeight: '));
  });
});
