import type { RankedOutcomes } from './ranked-outcomes.js';

/** The numbers of rows and the sums of outcomes of both arms. */
export interface ArmSums {
  readonly nTreated: number;
  readonly nControl: number;
  readonly ofTreated: number;
  readonly ofControl: number;
}

/** A curve over the number of selected rows, the largest predicted uplift first. */
export interface UpliftCurve {
  /** The number of selected rows, from 0 to all, with a point for each distinct uplift. */
  readonly nListed: Float64Array;
  /** The value of the curve at each point. */
  readonly values: Float64Array;
}

/**
 * A curve whose values are computed from the sums over the selected rows. It starts at 0.
 *
 * @param counts how often each row counts; default once.
 */
export function curveOf(
  { outcomes, uplift, treated }: RankedOutcomes,
  valueAt: (sums: ArmSums) => number,
  counts?: Int32Array,
): UpliftCurve {
  const nListed = [0];
  const values = [0];
  const sums = { nTreated: 0, nControl: 0, ofTreated: 0, ofControl: 0 };
  for (let i = 0; i < outcomes.length; i++) {
    const count = counts === undefined ? 1 : counts[i];
    if (treated[i] === 1) {
      sums.nTreated += count;
      sums.ofTreated += count * outcomes[i];
    } else {
      sums.nControl += count;
      sums.ofControl += count * outcomes[i];
    }
    // Rows of equal uplift are selected together.
    if (i + 1 < outcomes.length && uplift[i + 1] === uplift[i]) continue;
    const listed = sums.nTreated + sums.nControl;
    if (listed === nListed[nListed.length - 1]) continue;
    nListed.push(listed);
    values.push(valueAt(sums));
  }
  return { nListed: Float64Array.from(nListed), values: Float64Array.from(values) };
}

/** The mean of `n` values with this sum; 0 if `n` is 0. */
export function meanOf(sum: number, n: number): number {
  return n === 0 ? 0 : sum / n;
}

/** The area between a curve and the straight line from its start to its end, by the trapezoidal rule. */
export function areaOverDiagonal({ nListed, values }: UpliftCurve): number {
  let area = 0;
  for (let i = 1; i < nListed.length; i++) {
    area += ((nListed[i] - nListed[i - 1]) * (values[i] + values[i - 1])) / 2;
  }
  const last = nListed.length - 1;
  return area - (nListed[last] * values[last]) / 2;
}
