import { square } from '@churn/core';
import type { CategoryReference } from './category-reference.js';
import { chiSquareSurvival } from './hypothesis-tests/chi-square-survival.js';
import { shareTest, type Uncorrected } from './share-test.js';
import { sum } from './sum.js';

/** The comparison of unseen levels with their expected share. */
export interface UnseenLevels {
  /** The share expected without drift. */
  readonly expected: number;
  readonly test: Uncorrected | null;
}

/**
 * Compares the number of new rows with unseen levels with its expectation. Levels that occurred once might as well not have occurred: the number
 * of reference rows with levels of at most `r` rows estimates the expected number of rows with rarer ones (I. J. Good, "The population
 * frequencies of species and the estimation of population parameters", 1953), where `r` is 1 or, if the reference dropped levels, the
 * frequency of the rarest level kept. The variance of the estimate is that number of rows, plus `r (r + 1)` times the number of levels with
 * `r + 1` rows (H. E. Robbins, "Estimating the total probability of the unobserved outcomes of an experiment", 1968).
 *
 * @param unseen the number of the `values` new values whose level is not kept.
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
  // The first is exact for few rows; the second accounts for the clustering of rows in levels.
  return { expected, test: test.pValue >= pValue ? test : { method: 'chi-square', statistic, pValue } };
}
