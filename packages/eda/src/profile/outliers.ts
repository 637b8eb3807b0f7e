import type { CountedValues } from './finite-values.js';
import { quantiles } from './quantiles.js';

/** Values beyond the fences of a box plot. */
export type Outliers = {
  /** `Q1 - 1.5 (Q3 - Q1)`, in the unit of the values; `null` of no values. */
  readonly lowerFence: number | null;
  /** `Q3 + 1.5 (Q3 - Q1)`. */
  readonly upperFence: number | null;
  /** How many rows lie under the lower fence. */
  readonly below: number;
  /** How many rows lie over the upper fence. */
  readonly above: number;
};

/** The rows beyond the inner fences (Tukey, "Exploratory Data Analysis", 1977); values on a fence are not counted. */
export function outliers(counted: CountedValues): Outliers {
  const [q1, q3] = quantiles(counted, [0.25, 0.75]);
  if (q1 === null || q3 === null) return { lowerFence: null, upperFence: null, below: 0, above: 0 };
  const limit = Number.MAX_VALUE;
  const lowerFence = Math.max(-limit, q1 - 1.5 * (q3 - q1));
  const upperFence = Math.min(limit, q3 + 1.5 * (q3 - q1));
  let below = 0;
  let above = 0;
  for (let i = 0; i < counted.values.length; i++) {
    if (counted.values[i] < lowerFence) below += counted.counts[i];
    else if (counted.values[i] > upperFence) above += counted.counts[i];
  }
  return { lowerFence, upperFence, below, above };
}
