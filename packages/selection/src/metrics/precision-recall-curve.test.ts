import reference from '../../test/reference/metrics.json';
import { precisionRecallCurve } from './precision-recall-curve.js';

const close = (values: readonly (number | null)[]) => values.map((value) => expect.closeTo(value ?? NaN, 12));

describe('precisionRecallCurve', () => {
  it.each(reference.binary)('agrees with scikit-learn on $name', (expected) => {
    const { y, scores } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    for (const [options, curve] of [
      [{ sampleWeight }, expected.prCurve],
      [{ sampleWeight, dropIntermediate: true }, expected.prCurveShort],
    ] as const) {
      const { precision, recall, thresholds } = precisionRecallCurve(y, scores, options);
      expect([...thresholds]).toEqual(close(curve.thresholds));
      expect([...precision]).toEqual(close(curve.precision));
      expect([...recall]).toEqual(close(curve.recall));
    }
  });

  it('agrees with values computed by hand', () => {
    expect(precisionRecallCurve([0, 1, 1], [0.5, 0.9, 0.5])).toEqual({
      precision: Float64Array.of(2 / 3, 1, 1),
      recall: Float64Array.of(1, 0.5, 0),
      thresholds: Float64Array.of(0.5, 0.9),
    });
  });

  it('rejects three classes', () => {
    expect(() => precisionRecallCurve([0, 1, 2], [0, 1, 2])).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        message: expect.stringContaining('got 3 (0, 1, 2)'),
      }),
    );
  });
});
