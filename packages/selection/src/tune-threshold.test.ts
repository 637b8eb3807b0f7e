import fc from 'fast-check';
import { type ThresholdRule, tuneThreshold } from './tune-threshold.js';

const y = [0, 0, 1, 0, 1, 1];
const p = [0.1, 0.3, 0.4, 0.6, 0.7, 0.9];

describe('tuneThreshold', () => {
  it.each<[ThresholdRule, number]>([
    [{ maximise: 'f1' }, 0.4],
    [{ maximise: 'youden' }, 0.7],
    [{ costs: { falsePositive: 1, falseNegative: 10 } }, 0.4],
    [{ costs: { falsePositive: 10, falseNegative: 1 } }, 0.7],
    [{ costs: { falsePositive: 1, falseNegative: 0 } }, 1 + Number.EPSILON],
    [{ minPrecision: 0.75 }, 0.4],
    [{ minPrecision: 1 }, 0.7],
    [{ minRecall: 0.5 }, 0.7],
    [{ minRecall: 1 }, 0.4],
    [{ capacity: 3 }, 0.6],
  ])('%j', (rule, threshold) => {
    expect(tuneThreshold(y, p, rule).threshold).toBe(threshold);
  });

  it('reports the effect of the threshold', () => {
    expect(tuneThreshold(y, p, { costs: { falsePositive: 1, falseNegative: 10 } })).toEqual({
      threshold: 0.4,
      positives: 4,
      precision: 0.75,
      recall: 1,
      f1: 6 / 7,
      cost: 1,
    });
  });

  it('finds the minimum cost over all thresholds', () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 8 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (some, a, b) => {
        const all = [...some, [true, 3] as const, [false, 5] as const];
        const truth = all.map(([positive]) => positive);
        const scores = all.map(([, eighths]) => eighths / 8);
        const cost = (threshold: number) =>
          truth.reduce((sum, positive, row) => {
            const isCalled = scores[row] >= threshold;
            return sum + (isCalled && !positive ? a : !isCalled && positive ? b : 0);
          }, 0);
        const found = tuneThreshold(truth, scores, { costs: { falsePositive: a, falseNegative: b } });
        expect(found.cost).toBe(Math.min(...[...scores, 2].map(cost)));
        expect(cost(found.threshold)).toBe(found.cost);
      }),
    );
  });

  it('rejects rules that are invalid or cannot be met', () => {
    expect(() => tuneThreshold([0, 1], [0.9, 0.1], { minPrecision: 0.9 })).toThrow('no threshold meets');
    expect(() => tuneThreshold(y, p, { minRecall: 2 })).toThrow('minRecall');
    expect(() => tuneThreshold(y, p, { capacity: -1 })).toThrow('capacity');
    expect(() => tuneThreshold(y, p, { costs: { falsePositive: NaN, falseNegative: 1 } })).toThrow(
      'falsePositive',
    );
    expect(() => tuneThreshold(y, p, { maximise: 'f2' as 'f1' })).toThrow('maximise');
  });
});
