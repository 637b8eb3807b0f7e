import { type DurationsLike, exp, normalQuantile } from '@churn/core';
import { type ByGroup, type CurveOptions, curvesOf, type GroupCurve } from './curve-options.js';
import type { EventTable } from './event-table.js';

/** An estimated cumulative hazard: a step function that is 0 before the first of its times. */
export interface HazardCurve extends EventTable {
  /** The sum of the hazards up to each time. */
  readonly cumulativeHazard: Float64Array;
  /** The lower and upper ends of the pointwise intervals. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The Nelson-Aalen estimate of the cumulative hazard: at each time it rises by the share of those at risk that have their event
 * (Aalen, 1978), with the variance `events / atRisk²` of each rise.
 *
 * @param options with `by`, a curve of each group comes instead of one of all rows.
 * @throws as `kaplanMeier`.
 */
export function nelsonAalen(y: DurationsLike, options: CurveOptions & ByGroup): GroupCurve<HazardCurve>[];
export function nelsonAalen(y: DurationsLike, options?: CurveOptions): HazardCurve;
export function nelsonAalen(
  y: DurationsLike,
  options?: CurveOptions & Partial<ByGroup>,
): HazardCurve | GroupCurve<HazardCurve>[] {
  return curvesOf(y, options, (table, { confidence, interval }) => {
    const z = normalQuantile((1 + confidence) / 2);
    const { length } = table.times;
    const [cumulativeHazard, lower, upper] = [0, 1, 2].map(() => new Float64Array(length));
    let [hazard, variance] = [0, 0];
    for (let i = 0; i < length; i++) {
      const n = table.atRisk[i];
      hazard += table.events[i] / n;
      variance += table.events[i] / (n * n);
      cumulativeHazard[i] = hazard;
      if (hazard === 0) continue;
      const half = z * Math.sqrt(variance);
      const factor = exp(half / hazard);
      lower[i] = interval === 'plain' ? Math.max(hazard - half, 0) : hazard / factor;
      upper[i] = interval === 'plain' ? hazard + half : hazard * factor;
    }
    return { ...table, cumulativeHazard, lower, upper };
  });
}
