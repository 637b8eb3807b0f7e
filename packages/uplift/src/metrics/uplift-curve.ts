import type { OutcomeLike } from '../outcomes.js';
import { type ArmSums, curveOf, meanOf, type UpliftCurve } from './arm-sums.js';
import { rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';

/**
 * The uplift curve, or cumulative gain: the mean outcome of the selected treated rows minus that of the selected control rows, times the
 * number selected (Gutierrez and Gérardy, "Causal inference and uplift modelling", 2017).
 *
 * @throws as `qiniCurve`.
 */
export function upliftCurve(y: OutcomeLike, uplift: ArrayLike<number>, treated: TreatedLike): UpliftCurve {
  return curveOf(rankedOutcomes(y, uplift, treated), cumulativeGain);
}

/** The value of an uplift curve. */
export function cumulativeGain({ nTreated, nControl, ofTreated, ofControl }: ArmSums): number {
  return (meanOf(ofTreated, nTreated) - meanOf(ofControl, nControl)) * (nTreated + nControl);
}
