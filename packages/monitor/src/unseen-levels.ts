import { square } from '@churn/core';
import type { CategoryReference } from './category-reference.js';
import { chiSquareSurvival } from './hypothesis-tests/chi-square-survival.js';
import { shareTest, type Uncorrected } from './share-test.js';
import { sum } from './sum.js';

/** What new rows have of levels that the reference does not keep. */
export interface UnseenLevels {
  /** The share that is to be expected where nothing has changed. */
  readonly expected: number;
  readonly test: Uncorrected | null;
}

/**
 * Compares the new rows whose level the reference does not keep with those that are to be expected: a level that was met once might as well not
 * have been met. As many rows as are of a level of up to `r` rows estimate those of levels of fewer (I. J. Good, "The population
 * frequencies of species and the estimation of population parameters", 1953), where `r` is 1, or the frequency of the rarest level
 * kept where others were left out. The estimate is as uncertain as that number of rows, and `r (r + 1)` times the levels of
 * `r + 1` rows (H. E. Robbins, "Estimating the total probability of the unobserved outcomes of an experiment", 1968).
 *
 * @param unseen how many of `values` new values have no level that is kept.
 */
export function unseenLevels(
  { counts, others }: CategoryReference,
  unseen: number,
  values: number,
): UnseenLevels {
  const rows = others + sum(counts);
  if (rows === 0 || values === 0) return { expected: 0, test: null };
  const rare = others > 0 && counts.length > 0 ? Math.min(...counts) : 1;
  const expectedRows = others + sum(counts.filter((count) => count <= rare));
  const expected = expectedRows / rows;
  const test = shareTest(expectedRows, rows, unseen, values);
  if (test === null) return { expected, test };
  const next = counts.filter((count) => count === rare + 1).length;
  const share = (expectedRows + unseen) / (rows + values);
  const variance = (expectedRows + rare * (rare + 1) * next) / square(rows) + (share * (1 - share)) / values;
  const statistic = square(unseen / values - expected) / variance;
  const pValue = chiSquareSurvival(statistic, 1);
  // Of few rows the first is exact, of many levels the second counts that they come in groups.
  return { expected, test: test.pValue >= pValue ? test : { method: 'chi-square', statistic, pValue } };
}
