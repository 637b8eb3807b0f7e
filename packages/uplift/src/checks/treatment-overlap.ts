import { requireParameter } from '@churn/core';
import type { TreatedLike } from '../metrics/ranked-outcomes.js';

/** Whether rows of either arm have their like in the other. */
export interface TreatmentOverlap {
  /** The least and the largest propensity of the treated rows. */
  readonly treated: readonly [least: number, most: number];
  /** The same of the control rows. */
  readonly control: readonly [least: number, most: number];
  /** The share of rows whose propensity is below 0.1 or above 0.9: of these little can be learned (Crump, Hotz, Imbens and Mitnik, 2009). */
  readonly shareOutside: number;
}

/**
 * Compares the propensities of both arms.
 *
 * @param propensities the probability of the treatment of each row, estimated without its own treatment.
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
    let [least, most] = [Infinity, -Infinity];
    for (let row = 0; row < n; row++) {
      if (Number(treated[row]) !== arm) continue;
      least = Math.min(least, propensities[row]);
      most = Math.max(most, propensities[row]);
    }
    return [least, most];
  };
  const nOutside = Array.from(propensities).filter((p) => p < 0.1 || p > 0.9).length;
  return { treated: range(1), control: range(0), shareOutside: nOutside / n };
}
