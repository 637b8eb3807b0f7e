import { requireParameter } from '@churn/core';
import type { TreatedLike } from '../metrics/ranked-outcomes.js';

/** Whether rows of each arm resemble rows of the other. */
export interface TreatmentOverlap {
  /** The minimum and maximum propensity of the treated rows. */
  readonly treated: readonly [min: number, max: number];
  /** The same of the control rows. */
  readonly control: readonly [min: number, max: number];
  /** The share of rows with a propensity below 0.1 or above 0.9, which reveal little (Crump, Hotz, Imbens and Mitnik, 2009). */
  readonly shareOutside: number;
}

/**
 * Compares the propensities of both arms.
 *
 * @param propensities the probability of the treatment for each row, estimated out of fold.
 * @throws `invalid-parameter` if there is not one per row.
 */
export function treatmentOverlap(propensities: ArrayLike<number>, treated: TreatedLike): TreatmentOverlap {
  const n = treated.length;
  requireParameter(
    propensities.length === n,
    'propensities',
    `one for each of ${n} rows`,
    propensities.length,
  );
  const range = (arm: number): [number, number] => {
    let [min, max] = [Infinity, -Infinity];
    for (let row = 0; row < n; row++) {
      if (Number(treated[row]) !== arm) continue;
      min = Math.min(min, propensities[row]);
      max = Math.max(max, propensities[row]);
    }
    return [min, max];
  };
  const nOutside = Array.from(propensities).filter((p) => p < 0.1 || p > 0.9).length;
  return { treated: range(1), control: range(0), shareOutside: nOutside / n };
}
