import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { calibrationCurve } from './calibration-curve.js';

const close = (values: readonly (number | null)[]) => values.map((value) => expect.closeTo(value ?? NaN, 12));

describe('calibrationCurve', () => {
  it.each(reference.binary.filter(({ calibration }) => calibration))(
    'agrees with scikit-learn on $name',
    (expected) => {
      for (const { strategy, nBins, probTrue, probPred } of expected.calibration ?? []) {
        const curve = calibrationCurve(expected.y, expected.scores, {
          nBins,
          strategy: strategy as 'uniform' | 'quantile',
        });
        expect([...curve.probTrue]).toEqual(close(probTrue));
        expect([...curve.probPred]).toEqual(close(probPred));
      }
    },
  );

  it('agrees with two bins computed by hand, with the edge in the lower', () => {
    const curve = calibrationCurve([0, 1, 1, 1], [0.25, 0.5, 0.75, 1], { nBins: 2 });
    expect(curve).toEqual({
      probTrue: Float64Array.of(0.5, 1),
      probPred: Float64Array.of(0.375, 0.875),
      counts: Float64Array.of(2, 2),
    });
  });

  it('counts a row of weight 2 as two equal rows, in uniform bins', () => {
    const weighted = fc.array(fc.tuple(fc.nat(1), fc.nat(20), fc.nat(3)), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(weighted, (rows) => {
        const drawn = rows.flatMap((row) => Array.from({ length: row[2] }, () => row));
        fc.pre(new Set(drawn.map(([label]) => label)).size === 2);
        const of = (from: typeof rows) =>
          [from.map(([label]) => label), from.map(([, p]) => p / 20)] as const;
        const once = calibrationCurve(...of(rows), { sampleWeight: rows.map(([, , weight]) => weight) });
        const again = calibrationCurve(...of(drawn));
        expect([...once.counts]).toEqual([...again.counts]);
        expect([...once.probTrue]).toEqual(close([...again.probTrue]));
        expect([...once.probPred]).toEqual(close([...again.probPred]));
      }),
    );
  });

  it('rejects invalid options and probabilities', () => {
    const refused = (code: string, message: string) => expect.objectContaining({ code, message });
    expect(() => calibrationCurve([0, 1], [0, 1], { nBins: 0 })).toThrow(
      refused('invalid-parameter', 'nBins: expected an integer of at least 1, got 0'),
    );
    expect(() => calibrationCurve([0, 1], [0, 1], { strategy: 'even' as 'uniform' })).toThrow(
      refused('invalid-parameter', 'strategy: expected one of uniform, quantile, got "even"'),
    );
    expect(() => calibrationCurve([0, 1], [0, 2])).toThrow(
      refused('invalid-data', 'the probability of row 1: expected a number from 0 to 1, got 2'),
    );
  });
});
