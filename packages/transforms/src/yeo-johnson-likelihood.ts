import { expm1, log, log1p, square } from '@churn/core';
import { minimizeBounded } from './brent.js';
import { likelihoodSlope, zeroNear } from './likelihood-slope.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import { yeoJohnsonOfLog } from './yeo-johnson.js';

/**
 * The maximum likelihood `lambda` of the Yeo-Johnson transform of `values`. 1, the identity, if the values are equal up to rounding. The
 * values must be finite and not missing.
 *
 * The likelihood has one maximum, as its negative logarithm is convex (T. Marchand et al., "SecureFedYJ: a safe feature Gaussianization
 * protocol for federated learning", 2022). The search is between SciPy's bounds, within which values up to 20 times the largest have a
 * transform with a finite square. There is one further bound: values far from 0 and close together keep about half of their digits,
 * whereas SciPy may choose a `lambda` that rounds them to a constant.
 */
export function likeliestLambda(values: Float64Array): number {
  if (standardDeviation(values) === 0) return 1;
  if (values.every((value) => value <= 0)) return 2 - likeliestLambda(values.map((value) => -value));
  const bounds = lambdaBounds(values);
  return lambdaOfMany(values, bounds) ?? lambdaBySearch(values, bounds);
}

type Bounds = readonly [lower: number, upper: number];

function lambdaBySearch(values: Float64Array, [lower, upper]: Bounds): number {
  const likelihood = yeoJohnsonLogLikelihood(values);
  const lambda = minimizeBounded((trial) => -likelihood(trial), lower, upper, 1e-11 * (upper - lower));
  // Values whose logarithms are all the same have no likelihood.
  return Number.isFinite(likelihood(lambda)) ? lambda : 1;
}

/** A sample of this size is enough to find the region of the maximum. */
const SAMPLE = 8192;
/** The distance over which the steepness of the slope is measured. */
const NEAR = 1e-3;

/**
 * The power of a long column without negative values: that of a regular sample is the first guess, from which the slope of the full
 * likelihood leads to the maximum in a few steps. A search by likelihood values takes about 25 passes over the whole column, and is less
 * exact, since the likelihood is flat around its maximum.
 */
function lambdaOfMany(values: Float64Array, bounds: Bounds): number | undefined {
  const every = Math.floor(values.length / SAMPLE);
  if (every < 4 || values.some((value) => value < 0)) return undefined;
  const sample = Float64Array.from({ length: SAMPLE }, (_, i) => values[i * every]);
  const guess = lambdaBySearch(sample, bounds);
  const sampleSlope = likelihoodSlope(sample.map(log1p));
  const steepness = (sampleSlope(guess) - sampleSlope(guess + NEAR)) / NEAR;
  return zeroNear(likelihoodSlope(values.map(log1p)), guess, steepness, bounds);
}

/**
 * The profile log-likelihood of `lambda`, up to a constant:
 *
 * `-n/2 log(variance(transformed)) + (lambda - 1) sum(sign(x) log(|x| + 1))`
 *
 * (Yeo and Johnson 2000, equation 3.1). The values are prepared once, for many `lambda`. `-Infinity` or `NaN` if the transformed values
 * cannot be distinguished.
 */
export function yeoJohnsonLogLikelihood(values: Float64Array): (lambda: number) => number {
  const n = values.length;
  const logs = values.map((value) => Math.sign(value) * log1p(Math.abs(value)));
  const sum = logs.reduce((total, log) => total + log, 0);
  const logVariance = logs.every((log) => log >= 0) ? logVarianceOfPowers(logs) : ofBothSigns(values, logs);
  return (lambda) => {
    const spread = logVariance(lambda);
    return spread === -Infinity ? -Infinity : (-n / 2) * spread + (lambda - 1) * sum;
  };
}

/**
 * The logarithm of the variance of `(p^lambda - 1) / lambda` from the `logs` of positive p: of transformed values, where p is x + 1
 * (Yeo-Johnson of values from 0) or x (Box-Cox).
 *
 * Values are measured from the largest power among them, `reference`:
 * `variance(p^lambda / lambda) = reference^2 / lambda^2 variance((p / reference)^lambda - 1)`. So powers cannot overflow, and close ones
 * stay apart, unlike after the transform itself, which with a negative `lambda` brings large values within rounding of `-1 / lambda`.
 */
export function logVarianceOfPowers(logs: Float64Array): (lambda: number) => number {
  const [smallest, largest] = extremes(logs);
  const powers = new Float64Array(logs.length);
  return (lambda) => {
    if (Math.abs(lambda) < Number.EPSILON) return log(variance(logs));
    const reference = lambda > 0 ? largest : smallest;
    for (let i = 0; i < logs.length; i++) powers[i] = expm1(lambda * (logs[i] - reference));
    return 2 * (lambda * reference - log(Math.abs(lambda))) + log(variance(powers));
  };
}

/** The logarithm of the variance of the transformed values; values of both signs are apart by themselves. */
function ofBothSigns(values: Float64Array, logs: Float64Array): (lambda: number) => number {
  const transformed = new Float64Array(values.length);
  return (lambda) => {
    if (lambda === 1) return log(variance(values));
    for (let i = 0; i < values.length; i++) transformed[i] = yeoJohnsonOfLog(logs[i], lambda);
    return log(variance(transformed));
  };
}

/** The population variance, without guards against rounding and overflow, which these values do not need. */
function variance(values: Float64Array): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const center = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += square(values[i] - center);
  return squares / n;
}

/** The bounds of the `lambda` search for values that are not all negative. */
function lambdaBounds(values: Float64Array): [lower: number, upper: number] {
  const [smallest, largest] = extremes(values);
  const foreseen = Math.min(20 * Math.max(-smallest, largest), Number.MAX_VALUE);
  const logForeseen = log1p(foreseen);
  // Half the exponents of a number, so that a square is one too; finite even for the smallest values.
  const limit = (exponent: number) => Math.min(exponent / 2 / logForeseen, Number.MAX_VALUE / 4);
  const lower = -limit(log(Number.EPSILON) - log(SMALLEST_NORMAL));
  const upper = limit(log(Number.EPSILON) + log(Number.MAX_VALUE));
  if (smallest < 0) return [Math.max(lower, 2 - upper), Math.min(upper, 2 - lower)];
  return [Math.max(lower, distinctFrom(log1p(smallest), log1p(largest))), upper];
}

const SMALLEST_NORMAL = 2 ** -1022;

/**
 * The `lambda`, at most 0, from which transformed values stay apart. A negative one brings them near `-1 / lambda`, with relative
 * differences of about `exp(lambda smallest) (largest - smallest)`, where the arguments are logarithms.
 */
export function distinctFrom(smallest: number, largest: number): number {
  // 0 stays apart from all other values; dividing by -0 would bound the wrong side.
  if (smallest === 0) return -Infinity;
  const halfOfDigits = Math.sqrt(Number.EPSILON);
  return Math.min(0, log(halfOfDigits / (largest - smallest)) / smallest);
}

function extremes(values: Float64Array): [smallest: number, largest: number] {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    smallest = Math.min(smallest, values[i]);
    largest = Math.max(largest, values[i]);
  }
  return [smallest, largest];
}
