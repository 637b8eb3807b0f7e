import { square } from '@churn/core';
import { improvement, type Scorer } from '../scorer.js';

/** Fewer degrees of freedom tell nothing of a spread. */
const LEAST_FREEDOM = 5;
/** How many standard errors a difference must be worth. */
const STANDARD_ERRORS = 3;

/** Scores by the first scorer, a list of folds a candidate. */
export type ScoresByFold = ReadonlyMap<number, readonly number[]>;

/**
 * How far the scores of two candidates on a fold are apart by chance: the standard deviation of such a difference, from the residuals of
 * a two-way layout without interaction, in which each candidate and each fold has its own level.
 *
 * @param scores as many folds of each candidate.
 * @returns nothing if they are too few to judge.
 */
export function spreadOfDifferences(scores: ScoresByFold): number | undefined {
  const rows = [...scores.values()];
  const nFolds = rows[0]?.length ?? 0;
  const freedom = (rows.length - 1) * (nFolds - 1);
  if (freedom < LEAST_FREEDOM) return undefined;
  const means = rows.map(meanOf);
  const overall = meanOf(means);
  const ofFolds = rows[0].map((_, fold) => meanOf(rows.map((row) => row[fold])));
  const squares = rows.map((row, i) =>
    row.reduce((sum, score, fold) => sum + square(score - means[i] - ofFolds[fold] + overall), 0),
  );
  return Math.sqrt((2 * squares.reduce((sum, each) => sum + each)) / freedom);
}

/**
 * The candidates that are hopeless after their first folds: on these folds the best candidate is better by more than three
 * standard errors of the difference.
 *
 * Source: races, of Maron and Moore, "Hoeffding races", NIPS 1994, with the analysis of variance over folds of Kuhn, "Futility
 * analysis in the cross-validation of machine learning models", 2014. The threshold is stricter than theirs, since a candidate that
 * is given up is not tried again.
 *
 * @param scores the candidates in question, with the first folds of each.
 * @param complete the candidates that are scored on all folds. The best of them is what the others are measured by, and without one the
 *   best of those in question.
 */
export function hopeless(
  scores: ScoresByFold,
  complete: ScoresByFold,
  scorer: Pick<Scorer, 'greaterIsBetter'>,
): number[] {
  const spread = spreadOfDifferences(complete) ?? spreadOfDifferences(scores);
  if (spread === undefined) return [];
  const [, best] = [...(complete.size > 0 ? complete : scores)].reduce((chosen, each) =>
    improvement(scorer, meanOf(each[1]), meanOf(chosen[1])) > 0 ? each : chosen,
  );
  return [...scores]
    .filter(([, folds]) => {
      const behind = improvement(scorer, meanOf(best.slice(0, folds.length)), meanOf(folds));
      return behind > (STANDARD_ERRORS * spread) / Math.sqrt(folds.length);
    })
    .map(([candidate]) => candidate);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
