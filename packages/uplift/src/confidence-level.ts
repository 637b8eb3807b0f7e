import { normalQuantile, type Parameter, parameter, withDefault } from '@churn/core';

/** The confidence level of an interval, between 0 and 1. Default 0.95. */
// @__NO_SIDE_EFFECTS__
export function confidenceLevelParameter() {
  return withDefault(parameter('a number between 0 and 1', isBetween), 0.95);
}

/** An estimate with its standard error and a confidence interval by the normal approximation. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

export function normalEstimate(value: number, standardError: number, confidenceLevel: number): Estimate {
  const reach = normalQuantile((1 + confidenceLevel) / 2) * standardError;
  return { value, standardError, low: value - reach, high: value + reach };
}

/** A probability that is neither 0 nor 1. */
// @__NO_SIDE_EFFECTS__
export function probabilityParameter(): Parameter<number> {
  return parameter('a number between 0 and 1', isBetween);
}

function isBetween(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1;
}
