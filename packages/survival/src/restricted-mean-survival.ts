import { ChurnError, requireParameter } from '@churn/core';
import type { SurvivalCurve } from './kaplan-meier.js';

/** A mean with its standard error. */
export interface RestrictedMean {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * The mean time without the event up to a horizon: the area under the survival curve (Irwin, 1949). Its standard error is that of
 * Greenwood.
 *
 * @param horizon in the units of the durations, above 0.
 * @throws `invalid-parameter` if the curve ends above 0 before the horizon, so that the area is not known.
 */
export function restrictedMeanSurvival(curve: SurvivalCurve, horizon: number): RestrictedMean {
  requireParameter(Number.isFinite(horizon) && horizon > 0, 'horizon', 'a number above 0', horizon);
  const { times, survival, atRisk, events } = curve;
  const last = times.length - 1;
  if (survival[last] > 0 && times[last] < horizon)
    throw new ChurnError(
      'invalid-parameter',
      `horizon: expected at most ${times[last]}, the last duration, after which survival is not known, got ${horizon}`,
    );
  let [areaAfter, variance, until] = [0, 0, horizon];
  for (let i = last; i >= 0; i--) {
    if (times[i] >= horizon) continue;
    areaAfter += survival[i] * (until - times[i]);
    until = times[i];
    const rest = atRisk[i] - events[i];
    if (rest > 0) variance += (areaAfter * areaAfter * events[i]) / (atRisk[i] * rest);
  }
  return { mean: areaAfter + until, standardError: Math.sqrt(variance) };
}
