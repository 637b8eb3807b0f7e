import type { DriftTest } from './drift-report.js';
import { chiSquareTest } from './hypothesis-tests/chi-square-test.js';
import { fisherTest } from './hypothesis-tests/fisher-test.js';

/** A test before correction for the others of a report. */
export type Uncorrected = Omit<DriftTest, 'corrected'>;

/** The minimum expected number of rows for the chi-square test; with fewer, the test is exact. */
const MANY = 50;

/** Tests whether `before` of `m` rows and `now` of `n` rows are equal shares; `null` if no rows count, or all do. */
export function shareTest(before: number, m: number, now: number, n: number): Uncorrected | null {
  const total = before + now;
  if (total === 0 || total === m + n) return null;
  const rarer = Math.min(total, m + n - total);
  if ((rarer * Math.min(m, n)) / (m + n) < MANY) {
    return { method: 'fisher', statistic: now / n - before / m, pValue: fisherTest(before, m, now, n) };
  }
  const { statistic, pValue } = chiSquareTest([before, m - before], [now, n - now]);
  return { method: 'chi-square', statistic, pValue };
}
