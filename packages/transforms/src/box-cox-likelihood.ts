import { log } from '@churn/core';
import { minimizeBounded } from './brent.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import { distinctFrom, logVarianceOfPowers } from './yeo-johnson-likelihood.js';

/**
 * The maximum likelihood `lambda` of the Box-Cox transform of `values`, all positive; 1 if the values are constant up to rounding.
 *
 * Maximises `-n/2 log(variance(transformed)) + (lambda - 1) sum(log(x))` (Box and Cox 1964, equation 8) over the powers whose squares are
 * numbers. There are further bounds, as with Yeo-Johnson: values close together and far from 1, on one side of it, keep about half of
 * their digits, whereas SciPy may choose a `lambda` that rounds them to a constant.
 */
export function likeliestBoxCoxLambda(values: Float64Array): number {
  if (standardDeviation(values) === 0) return 1;
  const logs = values.map(log);
  const sum = logs.reduce((total, log) => total + log, 0);
  const logVariance = logVarianceOfPowers(logs);
  const smallest = logs.reduce((least, log) => Math.min(least, log), Infinity);
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  const bound = log(Number.MAX_VALUE) / 2 / Math.max(-smallest, largest);
  const lower = smallest > 0 ? Math.max(-bound, distinctFrom(smallest, largest)) : -bound;
  // Values below 1 are the inverses of ones above it, with the opposite power.
  const upper = largest < 0 ? Math.min(bound, -distinctFrom(-largest, -smallest)) : bound;
  const unlikelihood = (lambda: number) => (values.length / 2) * logVariance(lambda) - (lambda - 1) * sum;
  const lambda = minimizeBounded(unlikelihood, lower, upper, 1e-12 * bound);
  return Number.isFinite(unlikelihood(lambda)) ? lambda : 1;
}
