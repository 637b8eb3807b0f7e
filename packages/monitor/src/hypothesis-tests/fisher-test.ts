import { exp, logGamma } from '@churn/core';

/** Equally probable tables may differ by rounding. */
const TOLERANCE = 1 + 1e-7;

/**
 * The p-value of Fisher's exact test of whether two samples have the same share of marked rows: the probability of all tables with these
 * margins that are at most as probable as the observed one (R. A. Fisher, 1934). It is `fisher_exact` of scipy.
 *
 * @param marked the number of marked rows among the `m` rows of the first sample.
 * @param others the number of marked rows among the `n` rows of the second.
 */
export function fisherTest(marked: number, m: number, others: number, n: number): number {
  const total = marked + others;
  const min = Math.max(0, total - n);
  const max = Math.min(total, m);
  const logCombinations = (all: number, some: number) =>
    logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);
  const observed = exp(
    logCombinations(m, marked) + logCombinations(n, others) - logCombinations(m + n, total),
  );
  let pValue = observed;
  let each = observed;
  for (let k = marked; k < max; k++) {
    each *= ((m - k) / (k + 1)) * ((total - k) / (n - total + k + 1));
    if (each <= observed * TOLERANCE) pValue += each;
  }
  each = observed;
  for (let k = marked; k > min; k--) {
    each *= (k / (m - k + 1)) * ((n - total + k) / (total - k + 1));
    if (each <= observed * TOLERANCE) pValue += each;
  }
  return Math.min(pValue, 1);
}
