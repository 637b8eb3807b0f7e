import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { rocAuc } from './roc-auc.js';
import { rocCurve } from './roc-curve.js';

const close = (values: readonly (number | null)[]) =>
  values.map((value) => (value === null ? Infinity : expect.closeTo(value, 12)));

describe('rocCurve', () => {
  it.each(reference.binary)('agrees with scikit-learn on $name', (expected) => {
    const { y, scores } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    for (const [options, curve] of [
      [{ sampleWeight }, expected.rocCurve],
      [{ sampleWeight, dropIntermediate: false }, expected.rocCurveFull],
    ] as const) {
      const { fpr, tpr, thresholds } = rocCurve(y, scores, options);
      expect([...thresholds]).toEqual(close(curve.thresholds));
      expect([...fpr]).toEqual(close(curve.fpr));
      expect([...tpr]).toEqual(close(curve.tpr));
    }
  });

  it('agrees with values computed by hand: 3 of 4 pairs in order', () => {
    expect(rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toEqual({
      fpr: Float64Array.of(0, 0, 0.5, 0.5, 1),
      tpr: Float64Array.of(0, 0.5, 0.5, 1, 1),
      thresholds: Float64Array.of(Infinity, 0.8, 0.4, 0.35, 0.1),
    });
  });

  it('has the area rocAuc, with and without intermediate points', () => {
    const scored = fc.array(fc.tuple(fc.nat(1), fc.nat(9), fc.double({ min: 0.1, max: 5, noNaN: true })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(scored, fc.boolean(), (rows, dropIntermediate) => {
        fc.pre(new Set(rows.map(([label]) => label)).size === 2);
        const [y, scores, sampleWeight] = [0, 1, 2].map((i) => rows.map((row) => row[i]));
        const { fpr, tpr } = rocCurve(y, scores, { sampleWeight, dropIntermediate });
        let area = 0;
        for (let i = 1; i < fpr.length; i++) area += ((fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1])) / 2;
        expect(area).toBeCloseTo(rocAuc(y, scores, { sampleWeight }), 12);
      }),
    );
  });

  it.each([[[1, 1]], [[0, 1, 2]], [[]]])('rejects the labels %j', (y) => {
    expect(() => rocCurve(y, y)).toThrow(expect.objectContaining({ code: 'invalid-target' }));
  });
});
