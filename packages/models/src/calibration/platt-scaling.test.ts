import fc from 'fast-check';
import reference from '../../test/reference/calibration.json';
import { plattScaling, sigmoidValues } from './platt-scaling.js';

/** The loss of the scores' probabilities, term by term. */
function plattLoss(probabilities: ArrayLike<number>, isPositive: number[], weights: number[]): number {
  const total = (positive: number) =>
    weights.reduce((sum, weight, i) => sum + (isPositive[i] === positive ? weight : 0), 0);
  const targets = isPositive.map((t) => (t === 1 ? (total(1) + 1) / (total(1) + 2) : 1 / (total(0) + 2)));
  return weights.reduce(
    (sum, weight, i) =>
      sum -
      weight * (targets[i] * Math.log(probabilities[i]) + (1 - targets[i]) * Math.log(1 - probabilities[i])),
    0,
  );
}

describe('plattScaling', () => {
  it('is the log-odds of the targets for one score per class, computed by hand', () => {
    // Of 3 rows at 1 and 1 row at 0, the targets 4/5 and 1/3 are met exactly.
    const { slope, intercept } = plattScaling(Float64Array.of(1, 1, 1, 0), [1, 1, 1, 0]);
    expect(intercept).toBeCloseTo(Math.log(1 / 2), 12);
    expect(slope + intercept).toBeCloseTo(Math.log(4), 12);
  });

  it('has a slope of 0 for equal scores, and the mean of the targets', () => {
    const fit = plattScaling(Float64Array.of(0.1, 0.1, 0.1), [1, 0, 0]);
    expect(fit.slope).toBe(0);
    expect(sigmoidValues(fit, Float64Array.of(0.1))[0]).toBeCloseTo((2 / 3 + 1 / 4 + 1 / 4) / 3, 12);
  });

  describe.each(reference.platt)('on $name', ({ scores, isPositive, weights, ...expected }) => {
    const fit = plattScaling(Float64Array.from(scores), isPositive, weights ?? undefined);
    const probabilities = sigmoidValues(fit, Float64Array.from(scores));

    it('reaches the minimum', () => {
      probabilities.forEach((p, i) => {
        expect(Math.abs(p - expected.probabilities[i])).toBeLessThan(1e-9);
      });
      const loss = plattLoss(probabilities, isPositive, weights ?? scores.map(() => 1));
      expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-10 * expected.loss);
    });

    it('agrees with scikit-learn, which stops early', () => {
      const all = weights ?? scores.map(() => 1);
      const theirs = plattLoss(expected.scikitLearn, isPositive, all);
      expect(plattLoss(probabilities, isPositive, all)).toBeLessThanOrEqual(theirs * (1 + 1e-12));
      probabilities.forEach((p, i) => {
        expect(Math.abs(p - expected.scikitLearn[i])).toBeLessThan(1e-4);
      });
    });
  });

  it('is invariant to scale and origin of the scores', () => {
    const [{ scores, isPositive }] = reference.platt;
    const plain = Float64Array.from(scores);
    const expected = sigmoidValues(plattScaling(plain, isPositive), plain);
    for (const [scale, origin] of [
      [1e-200, 0],
      [1e-6, 1],
      [1e6, -1e7],
      [1e300, 0],
    ]) {
      const moved = plain.map((score) => scale * score + origin);
      sigmoidValues(plattScaling(moved, isPositive), moved).forEach((p, i) => {
        expect(Math.abs(p - expected[i])).toBeLessThan(1e-6);
      });
    }
  });

  it('finds the minimum if a full Newton step overshoots', () => {
    const scores = Float64Array.of(0.37, 0.27, 0.63, -0.52, -0.25, 0.42);
    const isPositive = [0, 1, 0, 1, 0, 0];
    const weights = [0.0025, 1.2324, 871.9149, 20.4101, 9.975, 3.452];
    const p = sigmoidValues(plattScaling(scores, isPositive, weights), scores);
    const [positives, negatives] = [1.2324 + 20.4101, 0.0025 + 871.9149 + 9.975 + 3.452];
    const excess = (row: number) =>
      weights[row] * (p[row] - (isPositive[row] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
    // The gradient of the loss at the solution.
    expect(p.reduce((sum, _, row) => sum + excess(row), 0)).toBeCloseTo(0, 9);
    expect(p.reduce((sum, _, row) => sum + excess(row) * scores[row], 0)).toBeCloseTo(0, 9);
  });

  it('is a local minimum, whatever the rows and weights', () => {
    const row = fc.record({
      score: fc.integer({ min: -30, max: 30 }).map((score) => score / 10),
      positive: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 20 }).map((weight) => weight / 8),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const scores = Float64Array.from(rows, (r) => r.score);
        const isPositive = rows.map((r) => r.positive);
        const weights = rows.map((r) => r.weight);
        const fit = plattScaling(scores, isPositive, weights);
        const lossAt = (slope: number, intercept: number) =>
          plattLoss(sigmoidValues({ slope, intercept }, scores), isPositive, weights);
        const least = lossAt(fit.slope, fit.intercept);
        for (const [a, b] of [
          [1e-3, 0],
          [-1e-3, 0],
          [0, 1e-3],
          [0, -1e-3],
        ]) {
          expect(lossAt(fit.slope + a, fit.intercept + b)).toBeGreaterThanOrEqual(least - 1e-10);
        }
      }),
    );
  });
});
