import { requireCounts } from '../distances/shares.js';
import { sum } from '../sum.js';
import { chiSquareSurvival } from './chi-square-survival.js';

export interface ChiSquareTest {
  readonly statistic: number;
  /** One less than there are cells in which either sample has rows. */
  readonly degreesOfFreedom: number;
  /** 1 where all rows are in one cell. */
  readonly pValue: number;
}

/**
 * The chi-square test of whether two samples counted in the same cells are of one distribution (K. Pearson, 1900): `chi2_contingency(…,
 * correction=False)` of scipy, cells without rows left out. Its p-value holds where some five rows are expected of either sample in
 * each cell.
 *
 * @throws `invalid-parameter` unless both have as many counts, from 0, and some above 0.
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
    // Both samples are off by the same number of rows.
    const expected = (total / (before + now)) * now;
    const off = current[cell] - expected;
    statistic += (off * off) / expected + (off * off) / ((total / (before + now)) * before);
  }
  const degreesOfFreedom = cells - 1;
  const pValue = degreesOfFreedom > 0 ? chiSquareSurvival(statistic, degreesOfFreedom) : 1;
  return { statistic, degreesOfFreedom, pValue };
}
