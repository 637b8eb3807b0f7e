import fc from 'fast-check';
import { type BetaFit, betaCalibration, betaValues } from './beta-calibration.js';
import { logOdds } from './log-odds.js';

const targetsOf = (isPositive: readonly number[], weights: readonly number[]) => {
  const total = (of: number) => weights.reduce((sum, w, i) => sum + (isPositive[i] === of ? w : 0), 0);
  const [n0, n1] = [total(0), total(1)];
  return isPositive.map((each) => (each === 1 ? (n1 + 1) / (n1 + 2) : 1 / (n0 + 2)));
};

/** The loss computed term by term, by its definition. */
function lossOf({ a, b, c }: BetaFit, p: readonly number[], targets: number[], weights: readonly number[]) {
  return p.reduce((sum, each, i) => {
    const raw = a * Math.log(each) - b * Math.log(1 - each) + c;
    const mu = 1 / (1 + Math.exp(-raw));
    return sum - weights[i] * (targets[i] * Math.log(mu) + (1 - targets[i]) * Math.log(1 - mu));
  }, 0);
}

describe('betaCalibration', () => {
  it('passes through the targets of three probabilities, computed by hand', () => {
    // Three points determine a, b and c: targets 1/2 at the middle, and by symmetry a = b and c = 0.
    const p = [0.2, 0.2, 0.2, 0.2, 0.5, 0.5, 0.8, 0.8, 0.8, 0.8];
    const isPositive = [0, 0, 0, 1, 0, 1, 0, 1, 1, 1];
    const { a, b, c } = betaCalibration(logOdds(Float64Array.from(p)), isPositive);
    // Targets of 6/7 and 1/7 have a mean of (3 * 6 + 1) / 28 at 0.8, whose log-odds are a ln 4.
    const mean = (3 * 6 + 1) / 28;
    expect(a).toBeCloseTo(Math.log(mean / (1 - mean)) / Math.log(4), 9);
    expect(b).toBeCloseTo(a, 9);
    expect(c).toBeCloseTo(0, 9);
  });

  it('is the identity for a = b = 1 and c = 0', () => {
    const p = Float64Array.of(0.01, 0.3, 0.5, 0.9);
    betaValues({ a: 1, b: 1, c: 0 }, logOdds(p)).forEach((value, i) => {
      expect(value).toBeCloseTo(p[i], 12);
    });
  });

  it('has slopes of at least 0, refitting if one would be negative', () => {
    const row = fc.record({
      p: fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
      positive: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 16 }).map((weight) => weight / 8),
    });
    let nBounded = 0;
    let nFree = 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const p = rows.map((each) => each.p);
        const isPositive = rows.map((each) => each.positive);
        const weights = rows.map((each) => each.weight);
        const fit = betaCalibration(logOdds(Float64Array.from(p)), isPositive, weights);
        const targets = targetsOf(isPositive, weights);
        const mu = betaValues(fit, logOdds(Float64Array.from(p)));
        const slope = (of: (p: number) => number) =>
          p.reduce((sum, each, i) => sum + weights[i] * (mu[i] - targets[i]) * of(each), 0);
        const size = weights.reduce((sum, weight) => sum + weight, 0);
        expect(Math.abs(slope(() => 1))).toBeLessThan(1e-6 * size);
        for (const [value, at] of [
          [fit.a, slope(Math.log)],
          [fit.b, slope((each) => -Math.log(1 - each))],
        ]) {
          if (value > 0) {
            nFree++;
            expect(Math.abs(at)).toBeLessThan(1e-6 * size);
          } else {
            nBounded++;
            expect(value).toBe(0);
            expect(at).toBeGreaterThan(-1e-6 * size);
          }
        }
        const least = lossOf(fit, p, targets, weights);
        for (const step of [-1e-3, 1e-3]) {
          expect(lossOf({ ...fit, c: fit.c + step }, p, targets, weights)).toBeGreaterThan(least - 1e-9);
        }
      }),
    );
    expect(Math.min(nBounded, nFree)).toBeGreaterThan(10);
  });

  it('is monotone, and avoids certainty', () => {
    const p = Float64Array.from({ length: 50 }, (_, i) => i / 49);
    const fit = betaCalibration(
      logOdds(p),
      Array.from(p, (each, i) => (i % 7 === 0 ? 0 : Number(each > 0.4))),
    );
    const values = betaValues(fit, logOdds(p));
    expect(values.every((value, i) => value > 0 && value < 1 && (i === 0 || value >= values[i - 1]))).toBe(
      true,
    );
  });
});
