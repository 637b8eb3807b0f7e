import { binaryExponent, powerOfTwo, square } from '@churn/core';
import type { CountedValues } from './finite-values.js';

/** The mean and what follows from the second to the fourth central moment. */
export type Moments = {
  /** `null` of no values. */
  readonly mean: number | null;
  /** The standard deviation with `n - 1` below the line, in the unit of the values; `null` of fewer than two values. */
  readonly sd: number | null;
  /** `null` of fewer than three values, and if all are the same. */
  readonly skew: number | null;
  /** The excess over that of a normal distribution; `null` of fewer than four values, and if all are the same. */
  readonly kurtosis: number | null;
};

/**
 * The mean, standard deviation, skewness and excess kurtosis, as `mean`, `std`, `skew` and `kurt` of pandas.
 *
 * With `Mk` the sum of the deviations from the mean to the power k, skewness is
 * `G1 = sqrt(n (n - 1)) / (n - 2) * (M3 / n) / (M2 / n)^(3/2)` and kurtosis
 * `G2 = n (n + 1) (n - 1) M4 / ((n - 2) (n - 3) M2^2) - 3 (n - 1)^2 / ((n - 2) (n - 3))`
 * (Joanes and Gill, "Comparing measures of sample skewness and kurtosis", 1998).
 * Values are scaled by a power of two first, so that powers of huge or tiny ones do not overflow or vanish.
 */
export function moments({ values, counts, n }: CountedValues): Moments {
  if (n === 0) return { mean: null, sd: null, skew: null, kurtosis: null };
  const last = values.length - 1;
  if (last === 0) {
    return { mean: values[0], sd: n < 2 ? null : 0, skew: null, kurtosis: null };
  }
  const unit = powerOfTwoBelow(Math.max(Math.abs(values[0]), Math.abs(values[last])));
  let sum = 0;
  for (let i = 0; i <= last; i++) sum += (values[i] / unit) * counts[i];
  let center = sum / n;
  let left = 0;
  for (let i = 0; i <= last; i++) left += (values[i] / unit - center) * counts[i];
  // What rounding left over in the first sum.
  center += left / n;
  // Deviations are taken from the smallest value first: near 1e9 the mean itself has no digits left for them.
  const base = values[0] / unit;
  let fromBase = 0;
  for (let i = 0; i <= last; i++) fromBase += (values[i] / unit - base) * (counts[i] / n);
  const spread = powerOfTwoBelow(values[last] / unit - base);
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = 0; i <= last; i++) {
    const deviation = (values[i] / unit - base - fromBase) / spread;
    const squares = deviation * deviation * counts[i];
    m2 += squares;
    m3 += squares * deviation;
    m4 += squares * deviation * deviation;
  }
  const variance = m2 / n;
  const skew =
    n < 3 ? null : ((Math.sqrt(n * (n - 1)) / (n - 2)) * (m3 / n)) / (variance * Math.sqrt(variance));
  const below = (n - 2) * (n - 3);
  const kurtosis =
    n < 4 ? null : (n * (n + 1) * (n - 1) * m4) / (below * m2 * m2) - (3 * square(n - 1)) / below;
  return { mean: center * unit, sd: Math.sqrt(m2 / (n - 1)) * spread * unit, skew, kurtosis };
}

/** The power of two at or below `size`; 1 for 0. */
function powerOfTwoBelow(size: number): number {
  return size === 0 ? 1 : powerOfTwo(Math.max(-1022, binaryExponent(size)));
}
