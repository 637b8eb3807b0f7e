import fc from 'fast-check';
import { variance } from 'simple-statistics';
import { expectClose, reference } from '../test/reference';
import { yeoJohnson, yeoJohnsonAll } from './yeo-johnson';
import { likeliestLambda, yeoJohnsonLogLikelihood } from './yeo-johnson-likelihood';

/** The formula as it stands in the paper. */
function plainLikelihood(values: number[], lambda: number): number {
  const logs = values.map((value) => Math.sign(value) * Math.log(Math.abs(value) + 1));
  const spread = variance(values.map((value) => yeoJohnson(value, lambda)));
  return (-values.length / 2) * Math.log(spread) + (lambda - 1) * logs.reduce((total, log) => total + log, 0);
}

describe('yeoJohnsonLogLikelihood', () => {
  it.each([{ values: [0, 1, 2, 5, 30] }, { values: [-3, -1, -0.5, -8] }, { values: [-3, 0, 2, 9, 0.1] }])(
    'equals the formula of the paper: $values',
    ({ values }) => {
      const likelihood = yeoJohnsonLogLikelihood(Float64Array.from(values));
      for (const lambda of [-2, -0.5, 0, 1e-17, 0.7, 1, 2, 3.5]) {
        expect(likelihood(lambda)).toBeCloseTo(plainLikelihood(values, lambda), 8);
      }
    },
  );

  it('distinguishes large values that a negative lambda compresses', () => {
    const values = Float64Array.of(1e6, 1e6 + 1, 1e6 + 3);
    const likelihood = yeoJohnsonLogLikelihood(values);
    expect(new Set(yeoJohnsonAll(values, -10)).size).toBe(1);
    expect(likelihood(-10)).toBeCloseTo(likelihood(-9.999999), 4);
  });
});

describe('likeliestLambda', () => {
  // The transform of these would be so close to a constant that little but rounding remains of them.
  const roundedAway = ['offset', 'huge'];

  it.each(Object.entries(reference.columns).filter(([name]) => !roundedAway.includes(name)))(
    'agrees with scikit-learn: %s',
    (_, figures) => {
      const values = Float64Array.from(figures.values.filter((value) => value !== null));
      expectClose(likeliestLambda(values), figures.lambda, 1e-6);
    },
  );

  it.each(roundedAway)('keeps about half of the digits if scikit-learn rounds them away: %s', (name) => {
    const { values } = reference.columns[name as 'offset' | 'huge'];
    const transformed = yeoJohnsonAll(Float64Array.from(values), likeliestLambda(Float64Array.from(values)));
    const relativeRange = (Math.max(...transformed) - Math.min(...transformed)) / Math.max(...transformed);
    expect(relativeRange).toBeGreaterThan(1e-10);
    expect(new Set(transformed).size).toBe(new Set(values).size);
  });

  it('maximises the likelihood', () => {
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(values, (numbers) => {
        const spread = Math.max(...numbers) - Math.min(...numbers);
        fc.pre(spread > 1e-3);
        // With 0 among them, no value is far from it, and no bound on lambda is near.
        const array = Float64Array.of(0, ...numbers);
        const likelihood = yeoJohnsonLogLikelihood(array);
        const best = likeliestLambda(array);
        for (const step of [-0.1, -1e-3, 1e-3, 0.1]) {
          const nearby = likelihood(best + step);
          const isBeyondBounds = Math.abs(best) > 5;
          if (!isBeyondBounds) expect(likelihood(best)).toBeGreaterThanOrEqual(nearby - 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for 0 as for -0, if values are mirrored', () => {
    const values = Float64Array.of(0, 0, 0, 0, 0.001, 0);
    const lambda = likeliestLambda(values); // scikit-learn: -5905.951
    expectClose(lambda, -5905.95, 1e-6);
    expectClose(likeliestLambda(values.map((value) => -value)), 2 - lambda, 1e-12);
  });

  it('becomes 2 - lambda if values are mirrored', () => {
    const values = Float64Array.of(0, 1, 2, 9, 40);
    expectClose(likeliestLambda(values.map((value) => -value)), 2 - likeliestLambda(values), 1e-12);
  });

  it('is 1 for constant or empty values', () => {
    expect(likeliestLambda(Float64Array.of(7, 7, 7))).toBe(1);
    expect(likeliestLambda(Float64Array.of(-7))).toBe(1);
    expect(likeliestLambda(Float64Array.of(0, 0))).toBe(1);
  });

  it.each([
    { values: [1e308, 1.1e308, 1.7e308] },
    { values: [-1e308, 1, 1.7e308] },
    { values: [5e-324, 1e-323, 1e-320] },
    { values: [1e15, 1e15 + 3] },
  ])('is a number that does not overflow: $values', ({ values }) => {
    const lambda = likeliestLambda(Float64Array.from(values));
    expect(Number.isFinite(lambda)).toBe(true);
    for (const value of values) expect(Math.abs(yeoJohnson(value, lambda))).toBeLessThan(Number.MAX_VALUE);
  });
});
