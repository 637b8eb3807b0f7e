import { log1p, pow } from '@churn/core';
import { lastStep } from '../step-function.js';

/** Survival at the ends of intervals: an array per interval, with a number per row. */
export function survivalAtEnds(hazards: readonly Float64Array[]): Float64Array[] {
  const survival: Float64Array[] = [];
  for (const [k, each] of hazards.entries())
    survival.push(each.map((hazard, row) => (k > 0 ? survival[k - 1][row] : 1) * (1 - hazard)));
  return survival;
}

/** Survival at any time: the rate is constant within an interval, and after the last one survival stays as it is. */
export function survivalBetween(
  ends: Float64Array,
  hazards: readonly Float64Array[],
  survival: readonly Float64Array[],
  time: number,
): Float64Array {
  const last = lastStep(ends, time);
  const before = last < 0 ? hazards[0].map(() => 1) : survival[last];
  const k = last + 1;
  if (k === ends.length) return before.slice();
  const start = last < 0 ? 0 : ends[last];
  const share = (time - start) / (ends[k] - start);
  return before.map((s, row) => s * pow(1 - hazards[k][row], share));
}

/** The expected time without the event up to the last end: the area under each survival curve. */
export function restrictedMeans(
  ends: Float64Array,
  hazards: readonly Float64Array[],
  survival: readonly Float64Array[],
): Float64Array {
  return hazards[0].map((_, row) => {
    let area = 0;
    for (const [k, end] of ends.entries()) {
      const hazard = hazards[k][row];
      // The mean of (1 - hazard)^share over the interval; near 0 by its series.
      const mean = hazard < 1e-8 ? 1 - hazard / 2 : hazard / -log1p(-hazard);
      area += (k > 0 ? survival[k - 1][row] : 1) * mean * (end - (k > 0 ? ends[k - 1] : 0));
    }
    return area;
  });
}
