import { requireParameter } from '@churn/core';
import { improvement, type Scorer } from '../scorer.js';
import type { SearchCandidate } from './search-result.js';

/** Picks a candidate from the table, by the first scorer. */
export type Choice<P> = (candidates: readonly SearchCandidate<P>[], scorer: Scorer) => SearchCandidate<P>;

/** The candidate of the best mean; of equal ones the first. */
export function bestMean<P>(candidates: readonly SearchCandidate<P>[]): SearchCandidate<P> {
  requireParameter(
    Array.isArray(candidates) && candidates.every(isCandidate),
    'candidates',
    'candidates of a search',
    candidates,
  );
  return candidates.find(({ rank }) => rank === 1) ?? candidates[0];
}

/**
 * The simplest candidate whose mean is within one standard error of the best one's: of models that the data cannot tell
 * apart, the one that is least likely to have fitted noise.
 *
 * Source: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984, section 3.4.3. The standard error is
 * the sample standard deviation over the folds, divided by the root of their number.
 *
 * @param complexity how complex a candidate is; of equally simple ones the better is taken.
 */
export function oneStandardError<P>(complexity: (params: P) => number): Choice<P> {
  requireParameter(typeof complexity === 'function', 'complexity', 'a function', complexity);
  return (candidates, scorer) => {
    const best = bestMean(candidates);
    const { folds, std, mean } = best.scores[scorer.name];
    const standardError = folds.length > 1 ? std / Math.sqrt(folds.length - 1) : 0;
    const isClose = (each: SearchCandidate<P>) =>
      improvement(scorer, mean, each.scores[scorer.name].mean) <= standardError;
    return candidates.filter(isClose).reduce((chosen, each) => {
      const simpler = complexity(each.params) - complexity(chosen.params);
      return simpler < 0 || (simpler === 0 && each.rank < chosen.rank) ? each : chosen;
    }, best);
  };
}

function isCandidate(value: unknown): boolean {
  return typeof (value as Partial<SearchCandidate<unknown>> | null | undefined)?.rank === 'number';
}
