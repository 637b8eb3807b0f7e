import fc from 'fast-check';
import reference from '../../test/reference/model_evaluation.json';
import { ksStatistic } from './ks-statistic.js';
import { rocCurve } from './roc-curve.js';

describe('ksStatistic', () => {
  it.each(reference.ks)('agrees with scipy for scores $name', ({ y, scores, statistic }) => {
    expect(ksStatistic(y, scores)).toBeCloseTo(statistic, 12);
    expect(ksStatistic(y, [scores.map((p) => -p), scores])).toBeCloseTo(statistic, 12);
  });

  it('is the maximum distance of the ROC curve above the diagonal, also with weights', () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.nat(6), fc.integer({ min: 1, max: 4 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (some) => {
        const all = [...some, [true, 3, 1] as const, [false, 4, 2] as const];
        const y = all.map(([positive]) => positive);
        const scores = all.map(([, score]) => score);
        const options = { sampleWeight: all.map(([, , weight]) => weight) };
        const { fpr, tpr } = rocCurve(y, scores, { ...options, dropIntermediate: false });
        const most = Math.max(...Array.from(tpr, (rate, i) => rate - fpr[i]));
        expect(ksStatistic(y, scores, options)).toBeCloseTo(most, 12);
      }),
    );
  });

  it('agrees with a value computed by hand: at 0.5 two of three positive rows, and one of four others', () => {
    expect(ksStatistic([1, 1, 1, 0, 0, 0, 0], [0.9, 0.5, 0.1, 0.6, 0.4, 0.3, 0.2])).toBeCloseTo(
      2 / 3 - 1 / 4,
      14,
    );
  });
});
