import { log, pow, square } from '@churn/core';
import type { RegressionErrors } from './regression-errors.js';
import { requireValues } from './require-values.js';

/**
 * The deviance of one row under a Tweedie distribution of this power (Jørgensen, 1987): 0 is the normal, 1
 * the Poisson, 2 the gamma and 3 the inverse Gaussian one, and between 1 and 2 sums of a Poisson number of
 * gamma variables.
 */
export function tweedieDeviance(power: number): (actual: number, predicted: number) => number {
  if (power === 0) return (y, p) => square(y - p);
  if (power === 1) return (y, p) => 2 * ((y === 0 ? 0 : y * log(y / p)) - y + p);
  if (power === 2) return (y, p) => 2 * (log(p / y) + y / p - 1);
  return (y, p) => {
    const ofAmount = pow(power < 0 ? Math.max(y, 0) : y, 2 - power) / ((1 - power) * (2 - power));
    return 2 * (ofAmount - (y * pow(p, 1 - power)) / (1 - power) + pow(p, 2 - power) / (2 - power));
  };
}

/** @throws `invalid-target` if an amount or prediction cannot come from the distribution of this power. */
export function requireTweedie({ actual, predicted }: RegressionErrors, power: number): void {
  if (power === 0) return;
  requireValues('prediction', predicted, `above 0 with power ${power}`, (value) => value > 0);
  if (power < 0) return;
  if (power < 2)
    requireValues('target value', actual, `of at least 0 with power ${power}`, (value) => value >= 0);
  else requireValues('target value', actual, `above 0 with power ${power}`, (value) => value > 0);
}
