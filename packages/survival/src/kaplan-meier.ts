import { type DurationsLike, exp, log, normalQuantile } from '@churn/core';
import { type ByGroup, type CurveOptions, curvesOf, type GroupCurve } from './curve-options.js';
import type { EventTable } from './event-table.js';
import { lastStep } from './step-function.js';

/** An estimated survival curve: a step function that is 1 before the first of its times. */
export interface SurvivalCurve extends EventTable {
  /** The probability that the event occurs after each time. */
  readonly survival: Float64Array;
  /** The lower and upper ends of the pointwise intervals. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The Kaplan-Meier estimate of survival: at each time it falls by the share of those at risk that have their event (Kaplan and Meier,
 * 1958). Its intervals rest on Greenwood's variance. Where survival has fallen to 0 the variance is undefined: there the interval reaches
 * from 0 to the upper end before.
 *
 * ```ts
 * const curve = kaplanMeier({ durations, events });
 * const curves = kaplanMeier({ durations, events, entry }, { by: plans, confidence: 0.9 });
 * ```
 *
 * @param options with `by`, a curve of each group comes instead of one of all rows.
 * @throws `invalid-target`, naming the row, for durations that are none, and if `by` is not one group per row; `invalid-data` if the
 * weights are not one per row; `invalid-parameter`, naming the option.
 */
export function kaplanMeier(y: DurationsLike, options: CurveOptions & ByGroup): GroupCurve<SurvivalCurve>[];
export function kaplanMeier(y: DurationsLike, options?: CurveOptions): SurvivalCurve;
export function kaplanMeier(
  y: DurationsLike,
  options?: CurveOptions & Partial<ByGroup>,
): SurvivalCurve | GroupCurve<SurvivalCurve>[] {
  return curvesOf(y, options, (table, { confidence, interval }) => {
    const z = normalQuantile((1 + confidence) / 2);
    const survival = productLimit(table.atRisk, table.events);
    const lower = new Float64Array(survival.length);
    const upper = new Float64Array(survival.length);
    let variance = 0;
    survival.forEach((s, i) => {
      if (s > 0) {
        const [n, d] = [table.atRisk[i], table.events[i]];
        variance += d / (n * (n - d));
        [lower[i], upper[i]] = interval === 'plain' ? plain(s, variance, z) : logLog(s, variance, z);
      } else upper[i] = i > 0 ? upper[i - 1] : 1;
    });
    return { ...table, survival, lower, upper };
  });
}

/** The product of `1 - events / atRisk` up to each time. */
export function productLimit(atRisk: Float64Array, events: Float64Array): Float64Array {
  let survival = 1;
  return atRisk.map((n, i) => {
    if (events[i] > 0) survival *= (n - events[i]) / n;
    return survival;
  });
}

/** Survival at any `times`, one number each: 1 before the first step, and that of the last step after it. */
export function survivalAt(
  { times, survival }: Pick<SurvivalCurve, 'times' | 'survival'>,
  at: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(at, (time) => survival[lastStep(times, time)] ?? 1);
}

function plain(s: number, variance: number, z: number): [lower: number, upper: number] {
  const half = z * s * Math.sqrt(variance);
  return [Math.max(s - half, 0), Math.min(s + half, 1)];
}

function logLog(s: number, variance: number, z: number): [lower: number, upper: number] {
  if (s === 1) return [1, 1];
  const hazard = -log(s);
  const factor = exp((z * Math.sqrt(variance)) / hazard);
  return [exp(-hazard * factor), exp(-hazard / factor)];
}
