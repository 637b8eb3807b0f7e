import { exp, logGamma } from '@churn/core';

/** Equally probable tables differ by rounding. */
const TOLERANCE = 1 + 1e-7;

/**
 * The p-value of Fisher's exact test of whether two samples have the same share of some rows: how probable a table with these margins is that
 * is no more probable than the one that came (R. A. Fisher, 1934). It is `fisher_exact` of scipy.
 *
 * @param marked how many rows of the first sample are such rows, of `m` in all.
 * @param others how many of the second are, of `n` in all.
 */
export function fisherTest(marked: number, m: number, others: number, n: number): number {
  const total = marked + others;
  const least = Math.max(0, total - n);
  const most = Math.min(total, m);
  const ways = (all: number, some: number) =>
    logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);
  const received = exp(ways(m, marked) + ways(n, others) - ways(m + n, total));
  let pValue = received;
  let each = received;
  for (let k = marked; k < most; k++) {
    each *= ((m - k) / (k + 1)) * ((total - k) / (n - total + k + 1));
    if (each <= received * TOLERANCE) pValue += each;
  }
  each = received;
  for (let k = marked; k > least; k--) {
    each *= (k / (m - k + 1)) * ((n - total + k) / (total - k + 1));
    if (each <= received * TOLERANCE) pValue += each;
  }
  return Math.min(pValue, 1);
}
