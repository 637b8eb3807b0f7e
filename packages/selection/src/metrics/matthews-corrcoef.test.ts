import fc from 'fast-check';
import reference from '../../test/reference/metrics.json';
import { matthewsCorrcoef } from './matthews-corrcoef.js';

describe('matthewsCorrcoef', () => {
  it.each(reference.predicted)('agrees with scikit-learn on $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    const received = matthewsCorrcoef(expected.y, expected.predicted, { sampleWeight });
    expect(received).toBeCloseTo(expected.matthews, 12);
  });

  it('is the correlation of 0 and 1', () => {
    const pairs = fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 2 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const [y, predicted] = [rows.map(([t]) => t), rows.map(([, p]) => p)];
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const covariance = (a: number[], b: number[]) =>
          mean(a.map((value, i) => (value - mean(a)) * (b[i] - mean(b))));
        fc.pre(new Set(y).size === 2 && new Set(predicted).size === 2);
        const correlation =
          covariance(y, predicted) / Math.sqrt(covariance(y, y) * covariance(predicted, predicted));
        expect(matthewsCorrcoef(y, predicted)).toBeCloseTo(correlation, 12);
      }),
    );
  });

  it('is 1, -1 and 0 for all correct, all wrong and constant predictions', () => {
    expect(matthewsCorrcoef([0, 1], [0, 1])).toBe(1);
    expect(matthewsCorrcoef([0, 1], [1, 0])).toBe(-1);
    expect(matthewsCorrcoef([0, 1], [1, 1])).toBe(0);
  });
});
