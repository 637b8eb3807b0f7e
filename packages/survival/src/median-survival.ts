import { numberParameter, type OptionsOf, readOptions, withDefault } from '@churn/core';
import type { SurvivalCurve } from './kaplan-meier.js';

const parameters = {
  /** The share of rows that have their event up to the time: above 0 and below 1. Default 0.5, the median. */
  q: withDefault(numberParameter({ above: 0, below: 1 }), 0.5),
};

export type MedianSurvivalOptions = OptionsOf<typeof parameters>;

/** A time with its interval; `Infinity` where the curve, or the end of its interval, does not fall that far. */
export interface SurvivalTime {
  readonly time: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The median of a survival curve, or another quantile: the first time at which survival is at most `1 - q`, with the times at which the
 * ends of its intervals are (Brookmeyer and Crowley, 1982).
 */
export function medianSurvival(
  { times, survival, lower, upper }: Pick<SurvivalCurve, 'times' | 'survival' | 'lower' | 'upper'>,
  options?: MedianSurvivalOptions,
): SurvivalTime {
  const { q } = readOptions(parameters, options);
  const firstAtMost = (values: Float64Array) => times[values.findIndex((s) => s <= 1 - q)] ?? Infinity;
  return { time: firstAtMost(survival), lower: firstAtMost(lower), upper: firstAtMost(upper) };
}
