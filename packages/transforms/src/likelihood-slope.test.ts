import { Random } from '@churn/core';
import fc from 'fast-check';
import { likelihoodSlope, zeroNear } from './likelihood-slope';
import { likeliestLambda, yeoJohnsonLogLikelihood } from './yeo-johnson-likelihood';

const draw = (length: number, of: (random: Random) => number) => {
  const random = new Random('likelihood-slope');
  return Float64Array.from({ length }, () => of(random));
};

it('is the slope of the likelihood, near 0 and far from it', () => {
  const values = draw(200, (random) => Math.exp(2 * random.normal()));
  const likelihood = yeoJohnsonLogLikelihood(values);
  const slope = likelihoodSlope(values.map(Math.log1p));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
      ),
      (lambda) => {
        const h = 1e-5;
        const difference = (likelihood(lambda + h) - likelihood(lambda - h)) / (2 * h * values.length);
        expect(Math.abs(slope(lambda) - difference)).toBeLessThan(1e-6);
      },
    ),
  );
});

it.each([
  ['far from 0', (random: Random) => 5000 + 300 * random.normal()],
  ['with a long tail', (random: Random) => Math.exp(3 * random.normal())],
  ['tiny', (random: Random) => 1e-6 * random.uniform() ** 3],
  ['log-normal, so that lambda is near 0', (random: Random) => Math.expm1(3 + 0.2 * random.normal())],
  ['of few distinct values', (random: Random) => random.int(4)],
])('leads to the optimum of a search for a long column, with values %s', (_, of) => {
  const values = draw(40_000, of);
  const likelihood = yeoJohnsonLogLikelihood(values);
  const lambda = likeliestLambda(values);
  const slope = likelihoodSlope(values.map(Math.log1p));
  expect(Math.abs(slope(lambda))).toBeLessThan(1e-8);
  const step = 1e-3 * Math.max(1, Math.abs(lambda));
  for (const apart of [-step, step]) expect(likelihood(lambda)).toBeGreaterThan(likelihood(lambda + apart));
});

it('finds a zero within the bounds, and none beyond them', () => {
  const falling = (lambda: number) => 2 - Math.exp(lambda);
  for (const steepness of [1.8, 2, 3]) {
    expect(zeroNear(falling, 0.6, steepness, [-1, 1])).toBeCloseTo(Math.LN2, 12);
    expect(zeroNear(falling, 0.2, steepness, [-1, 0.5])).toBeUndefined();
  }
  for (const steepness of [0, NaN]) expect(zeroNear(falling, 0.6, steepness, [-1, 1])).toBeUndefined();
});
