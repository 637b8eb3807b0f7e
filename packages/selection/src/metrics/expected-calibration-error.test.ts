import fc from 'fast-check';
import { expectedCalibrationError } from './expected-calibration-error.js';

describe('expectedCalibrationError', () => {
  it('agrees with a value computed by hand: bins off by 0.125 each, with equal counts', () => {
    const options = { nBins: 2 };
    expect(expectedCalibrationError([0, 1, 1, 1], [0.25, 0.5, 0.75, 1], options)).toBeCloseTo(0.125, 15);
  });

  it('agrees with a value computed by hand with weights: 3/4 of the weight off by 0.2', () => {
    const sampleWeight = [1.5, 1.5, 0.5, 0.5];
    const error = expectedCalibrationError([0, 1, 1, 1], [0.3, 0.3, 1, 1], { sampleWeight });
    expect(error).toBeCloseTo(0.75 * 0.2, 15);
  });

  it('agrees with a plain computation over ten bins', () => {
    const scored = fc.array(fc.tuple(fc.nat(1), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(scored, (rows) => {
        fc.pre(new Set(rows.map(([label]) => label)).size === 2);
        let expected = 0;
        for (let bin = 0; bin < 10; bin++) {
          const inBin = rows.filter(
            ([, p]) => (bin === 0 || p > bin * 0.1) && (bin === 9 || p <= (bin + 1) * 0.1),
          );
          expected += Math.abs(inBin.reduce((sum, [label, p]) => sum + label - p, 0)) / rows.length;
        }
        const [y, scores] = [rows.map(([label]) => label), rows.map(([, p]) => p)];
        expect(expectedCalibrationError(y, scores)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('is 0 if each bin is calibrated', () => {
    expect(expectedCalibrationError([0, 1, 0, 1], [0.5, 0.5, 0, 1])).toBe(0);
  });
});
