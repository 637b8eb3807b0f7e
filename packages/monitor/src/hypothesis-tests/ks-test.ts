import { oneOf, readOptions, withDefault } from '@churn/core';
import { requireSamples, sorted } from '../distances/shares.js';
import { kolmogorovSurvival } from './kolmogorov.js';

const parameters = {
  /**
   * How to compute the p-value: `'exact'`, from all orders of the values; `'asymptotic'`, from the limiting distribution; `'auto'` (default), exactly
   * if neither sample has more than 10,000 values.
   */
  method: withDefault(oneOf(['auto', 'exact', 'asymptotic']), 'auto'),
};

export interface KsTest {
  /** The maximum distance between the two distribution functions. */
  readonly statistic: number;
  readonly pValue: number;
}

/** The maximum number of values for an exact p-value. */
const MAX_EXACT = 10_000;

/**
 * The Kolmogorov-Smirnov test of whether two samples of numbers come from the same distribution. The statistic and the exact p-value are those
 * of `ks_2samp` of scipy; ties make the p-value conservative. The asymptotic p-value is Kolmogorov's limit.
 *
 * @throws `invalid-parameter` if a sample is empty, or not all its numbers are finite.
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
  const isExact = method === 'exact' || (method === 'auto' && Math.max(a.length, b.length) <= MAX_EXACT);
  const pValue = isExact
    ? exactPValue(statistic, a.length, b.length)
    : asymptoticPValue(statistic, a.length, b.length);
  return { statistic, pValue };
}

/** The p-value by the limiting distribution. */
export function asymptoticPValue(statistic: number, m: number, n: number): number {
  return kolmogorovSurvival(statistic * Math.sqrt((m / (m + n)) * n));
}

/**
 * The share of the orders of `m` and `n` distinct values whose statistic is at least as large: of the paths from (0, 0) to (m, n), those that
 * reach a point at least as far from the diagonal (J. L. Hodges, "The significance probability of the Smirnov two-sample test", 1958). A path
 * reaches (i, j) from (i - 1, j) with probability `i / (i + j)`.
 */
function exactPValue(statistic: number, m: number, n: number): number {
  // In integers, so that rounding moves no point across the bound.
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
