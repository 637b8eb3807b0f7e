import { minimizeBounded } from './brent.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import { logVarianceOfPowers } from './yeo-johnson-likelihood.js';

/**
 * The `lambda` for which the Box-Cox transform of `values`, all positive, is likeliest to come from a normal
 * distribution; 1 where the values are the same up to rounding.
 *
 * Maximises `-n/2 log(variance(transformed)) + (lambda - 1) sum(log(x))` (Box and Cox 1964, equation 8) over the powers
 * whose squares are numbers.
 */
export function likeliestBoxCoxLambda(values: Float64Array): number {
  if (standardDeviation(values) === 0) return 1;
  const logs = values.map(Math.log);
  const sum = logs.reduce((total, log) => total + log, 0);
  const logVariance = logVarianceOfPowers(logs);
  const largest = logs.reduce((most, log) => Math.max(most, Math.abs(log)), 0);
  const bound = Math.log(Number.MAX_VALUE) / 2 / largest;
  const unlikelihood = (lambda: number) => (values.length / 2) * logVariance(lambda) - (lambda - 1) * sum;
  const lambda = minimizeBounded(unlikelihood, -bound, bound, 1e-12 * bound);
  return Number.isFinite(unlikelihood(lambda)) ? lambda : 1;
}
