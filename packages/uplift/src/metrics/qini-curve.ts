import type { OutcomeLike } from '../outcomes.js';
import { type ArmSums, curveOf, meanOf, type UpliftCurve } from './arm-sums.js';
import { rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';

/**
 * The Qini curve: the gain in outcomes of treated over as many control rows, by the number of rows selected (Radcliffe, "Using control
 * groups to target on predicted lift", 2007).
 *
 * @param y the outcome of each row.
 * @param uplift the predicted uplift of each row; only its order counts.
 * @param treated whether each row was treated, as returned by `treatedRows`.
 * @throws `invalid-target` for invalid outcomes; `invalid-data` if lengths differ, an uplift is `NaN` or an arm has no rows;
 * `invalid-parameter` if a treatment is other than 0 or 1.
 */
export function qiniCurve(y: OutcomeLike, uplift: ArrayLike<number>, treated: TreatedLike): UpliftCurve {
  return curveOf(rankedOutcomes(y, uplift, treated), qini);
}

/** The value of a Qini curve. */
export function qini({ nTreated, nControl, ofTreated, ofControl }: ArmSums): number {
  return ofTreated - meanOf(ofControl * nTreated, nControl);
}
