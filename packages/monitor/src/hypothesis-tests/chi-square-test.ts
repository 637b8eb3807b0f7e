import { requireCounts } from '../distances/shares.js';
import { sum } from '../sum.js';
import { chiSquareSurvival } from './chi-square-survival.js';

export interface ChiSquareTest {
  readonly statistic: number;
  /** The number of cells with rows, minus 1. */
  readonly degreesOfFreedom: number;
  /** 1 if all rows are in one cell. */
  readonly pValue: number;
}

/**
 * The chi-square test of whether two samples counted in the same cells come from the same distribution (K. Pearson, 1900):
 * `chi2_contingency(…, correction=False)` of scipy, ignoring cells without rows. Its p-value is valid if about five rows of each sample are
 * expected in each cell.
 *
 * @throws `invalid-parameter` unless both have the same number of non-negative counts, and some above 0.
 */
export function chiSquareTest(reference: ArrayLike<number>, current: ArrayLike<number>): ChiSquareTest {
  requireCounts(reference, current);
  const [before, now] = [sum(reference), sum(current)];
  let statistic = 0;
  let cells = 0;
  for (let cell = 0; cell < reference.length; cell++) {
    const total = reference[cell] + current[cell];
    if (total === 0) continue;
    cells++;
    // Both samples deviate by the same number of rows.
    const expected = (total / (before + now)) * now;
    const off = current[cell] - expected;
    statistic += (off * off) / expected + (off * off) / ((total / (before + now)) * before);
  }
  const degreesOfFreedom = cells - 1;
  const pValue = degreesOfFreedom > 0 ? chiSquareSurvival(statistic, degreesOfFreedom) : 1;
  return { statistic, degreesOfFreedom, pValue };
}
