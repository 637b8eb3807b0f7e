import type { CountedValues } from '../profile/finite-values.js';
import { quantiles } from '../profile/quantiles.js';

/** So many times as far above the median as below it lie the outer quantiles of values that leave most of a linear axis empty. */
const SKEWED = 3;
/** Where the upper is not so many times the lower, a linear axis shows as much. */
const LEAST_RATIO = 20;

/**
 * Whether values are better drawn by their logarithms: all above 0, and their 5 % and 95 % quantiles far apart and skewed to the right.
 * Single values far out have no say.
 */
export function suitsLogarithm(counted: CountedValues): boolean {
  if (!(counted.values[0] > 0)) return false;
  const [low, median, high] = quantiles(counted, [0.05, 0.5, 0.95]) as number[];
  return high / low >= LEAST_RATIO && high - median > SKEWED * (median - low);
}
