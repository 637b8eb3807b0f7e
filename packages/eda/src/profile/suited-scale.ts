import { distinctValues } from './distinct-values.js';
import { type CountedValues, finiteValues } from './finite-values.js';
import { quantiles } from './quantiles.js';

/** So many times as far above the median as below it lies the outer quantile of values that leave most of a linear axis empty. */
const SKEWED = 3;
/** Where the upper is not so many times the lower, a linear axis shows as much. */
const LEAST_RATIO = 20;

/**
 * The scale best suited to draw values: `log` if all are positive and their 5 % and 95 % quantiles are far apart and skewed to the right,
 * otherwise `linear`. Single outliers have no influence, and missing and infinite values are ignored.
 *
 * ```ts
 * histogramChart('revenue', revenue, { scale: suitedScale(revenue) });
 * ```
 */
export function suitedScale(values: ArrayLike<number>): 'linear' | 'log' {
  return suitedScaleOf(finiteValues(distinctValues(Float64Array.from(values))));
}

/** As `suitedScale`, of values that are counted. */
export function suitedScaleOf(counted: CountedValues): 'linear' | 'log' {
  if (!(counted.values[0] > 0)) return 'linear';
  const [low, median, high] = quantiles(counted, [0.05, 0.5, 0.95]) as number[];
  return high / low >= LEAST_RATIO && high - median > SKEWED * (median - low) ? 'log' : 'linear';
}
