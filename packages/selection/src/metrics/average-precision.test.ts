import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { averagePrecision } from './average-precision.js';
import { precisionRecallCurve } from './precision-recall-curve.js';

describe('averagePrecision', () => {
  it.each(reference.binary)('agrees with scikit-learn on $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    const received = averagePrecision(expected.y, expected.scores, { sampleWeight });
    expect(received).toBeCloseTo(expected.averagePrecision, 12);
  });

  it.each(reference.multiclass)('agrees with scikit-learn on $name', (expected) => {
    for (const average of ['macro', 'weighted'] as const) {
      const options = { average, sampleWeight: expected.sampleWeight ?? undefined };
      const received = averagePrecision(expected.y, expected.probabilities, options);
      expect(received).toBeCloseTo(expected[average].averagePrecision, 12);
    }
  });

  it('agrees with a value computed by hand: half of the recall at precision 1, the other half at 2/3', () => {
    expect(averagePrecision([0, 1, 1], [0.5, 0.9, 0.5])).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 15);
  });

  it('is the sum over the steps of the curve', () => {
    const scored = fc.array(fc.tuple(fc.nat(1), fc.nat(9)), { minLength: 2 });
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = [rows.map(([label]) => label), rows.map(([, score]) => score)];
        fc.pre(new Set(y).size === 2);
        const { precision, recall } = precisionRecallCurve(y, scores);
        let area = 0;
        for (let i = 0; i + 1 < recall.length; i++) area += (recall[i] - recall[i + 1]) * precision[i];
        expect(averagePrecision(y, scores)).toBeCloseTo(area, 12);
      }),
    );
  });

  it('rejects a score that is not a number', () => {
    expect(() => averagePrecision([0, 1], [0, NaN])).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: 'the score of row 1 is not a number' }),
    );
  });
});
