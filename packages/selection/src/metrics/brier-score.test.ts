import reference from '../../test/reference/metrics.json';
import { brierScore } from './brier-score.js';

describe('brierScore', () => {
  it.each(reference.binary)('agrees with scikit-learn on $name', (expected) => {
    const { y, scores } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(brierScore(y, scores, { sampleWeight })).toBeCloseTo(expected.brier, 12);
    const both = [scores.map((p) => 1 - p), scores];
    expect(brierScore(y, both, { sampleWeight, scaleByHalf: false })).toBeCloseTo(2 * expected.brier, 12);
  });

  it.each(reference.multiclass)('agrees with scikit-learn on $name', (expected) => {
    const { y, probabilities } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(brierScore(y, probabilities, { sampleWeight })).toBeCloseTo(expected.brier, 12);
    const half = brierScore(y, probabilities, { sampleWeight, scaleByHalf: true });
    expect(half).toBeCloseTo(expected.brierHalf, 12);
  });

  it('is the mean squared difference from the outcome', () => {
    expect(brierScore([0, 1, 1], [0.5, 0.75, 1])).toBeCloseTo((0.25 + 0.0625) / 3, 15);
    expect(brierScore([0, 1, 1], [0.5, 0.75, 1], { sampleWeight: [0, 3, 1] })).toBeCloseTo(0.1875 / 4, 15);
  });

  it('rejects invalid probabilities', () => {
    expect(() => brierScore([0, 1], [0.5, 7])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'the probability of row 1: expected a number from 0 to 1, got 7',
      }),
    );
  });
});
