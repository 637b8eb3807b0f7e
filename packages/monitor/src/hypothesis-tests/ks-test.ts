import { oneOf, readOptions, withDefault } from '@churn/core';
import { requireSamples, sorted } from '../distances/shares.js';
import { kolmogorovSurvival } from './kolmogorov.js';

const parameters = {
  /**
   * How the p-value is found: `'exact'` by all orders in which the values can stand, `'asymptotic'` by the limit for many values, `'auto'`
   * exactly where neither sample has more than 10,000. Default `'auto'`.
   */
  method: withDefault(oneOf(['auto', 'exact', 'asymptotic']), 'auto'),
};

export interface KsTest {
  /** The greatest distance between the two distribution functions. */
  readonly statistic: number;
  readonly pValue: number;
}

/** Up to so many values the p-value is exact. */
const MOST_EXACT = 10_000;

/**
 * The Kolmogorov-Smirnov test of whether two samples of numbers are of one distribution. The statistic and the exact p-value are those of
 * `ks_2samp` of scipy; with ties among the values the p-value is too large rather than too small. The asymptotic p-value is Kolmogorov's
 * limit.
 *
 * @throws `invalid-parameter` if a sample is empty, or holds anything but finite numbers.
 */
export function ksTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options?: { readonly method?: 'auto' | 'exact' | 'asymptotic' | undefined },
): KsTest {
  const { method } = readOptions(parameters, options);
  requireSamples(reference, current);
  const [a, b] = [sorted(reference), sorted(current)];
  let [i, j, statistic] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    statistic = Math.max(statistic, Math.abs(i / a.length - j / b.length));
  }
  const isExact = method === 'exact' || (method === 'auto' && Math.max(a.length, b.length) <= MOST_EXACT);
  const pValue = isExact
    ? exactPValue(statistic, a.length, b.length)
    : asymptoticPValue(statistic, a.length, b.length);
  return { statistic, pValue };
}

/** By the limit for many values. */
export function asymptoticPValue(statistic: number, m: number, n: number): number {
  return kolmogorovSurvival(statistic * Math.sqrt((m / (m + n)) * n));
}

/**
 * The share of the orders of `m` and `n` different values in which the distribution functions come as far apart: of the paths from (0, 0) to
 * (m, n), those that reach a point as far from the diagonal (J. L. Hodges, "The significance probability of the Smirnov two-sample test",
 * 1958). A path to (i, j) comes from (i - 1, j) in `i / (i + j)` of the cases.
 */
function exactPValue(statistic: number, m: number, n: number): number {
  // In integers, so that rounding moves no point over the line.
  const distance = Math.round(statistic * m * n);
  const reached = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i * n - j * m) >= distance) reached[j] = 1;
      else if (i + j > 0) reached[j] = (i * reached[j] + (j > 0 ? j * reached[j - 1] : 0)) / (i + j);
    }
  }
  return reached[n];
}
