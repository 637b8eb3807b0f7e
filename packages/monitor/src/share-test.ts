import type { DriftTest } from './drift-report.js';
import { chiSquareTest } from './hypothesis-tests/chi-square-test.js';
import { fisherTest } from './hypothesis-tests/fisher-test.js';

/** A test before it is corrected for the others of a report. */
export type Uncorrected = Omit<DriftTest, 'corrected'>;

/** Where fewer are expected, the test is exact. */
const MANY = 50;

/** Tests whether some of `m` and of `n` rows are the same share; `undefined` if none of them are, or all. */
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
