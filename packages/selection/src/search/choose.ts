import { requireParameter } from '@churn/core';
import { improvement, type Scorer } from '../scorer.js';
import type { SearchCandidate } from './search-result.js';

/** Picks a candidate from the table, by the first scorer. */
export type Choice<P> = (candidates: readonly SearchCandidate<P>[], scorer: Scorer) => SearchCandidate<P>;

/** The candidate with the best mean; the first in case of a tie. */
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
 * The one-standard-error rule: the simplest candidate whose mean is within one standard error of the best. Among models that the data
 * cannot distinguish, it is the least likely to have fitted noise.
 *
 * Source: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984, section 3.4.3. The standard error is the
 * sample standard deviation over the folds, divided by the root of their number.
 *
 * @param complexity the complexity of a candidate; ties are broken by score.
 */
export function oneStandardError<P>(complexity: (params: P) => number): Choice<P> {
  requireParameter(typeof complexity === 'function', 'complexity', 'a function', complexity);
  return (candidates, scorer) =>
    leastOf(withinOneStandardError(candidates, scorer), ({ params }) => complexity(params));
}

/**
 * The candidate with the lowest log loss among those whose mean is within one standard error of the best: if models rank rows equally
 * well, as far as the data can tell, the one with the best probabilities. The scorer `logLoss` must be among those of the search.
 *
 * Source of the rule: as of `oneStandardError`, with log loss instead of complexity.
 *
 * @throws `invalid-parameter` if candidates have no log loss.
 */
export function chooseByLogLoss<P>(
  candidates: readonly SearchCandidate<P>[],
  scorer: Scorer,
): SearchCandidate<P> {
  const close = withinOneStandardError(candidates, scorer);
  const haveLoss = close.every(({ scores }) => scores.logLoss !== undefined);
  requireParameter(haveLoss, 'scoring', "scorers with 'logLoss' among them", Object.keys(close[0].scores));
  return leastOf(close, ({ scores }) => scores.logLoss.mean);
}

/** The candidates that the data cannot tell from the best one. */
function withinOneStandardError<P>(
  candidates: readonly SearchCandidate<P>[],
  scorer: Scorer,
): SearchCandidate<P>[] {
  const best = bestMean(candidates);
  requireParameter(best !== undefined, 'candidates', 'at least one', candidates);
  const areScored = candidates.every(({ scores }) => Array.isArray(scores?.[scorer?.name]?.folds));
  requireParameter(areScored, 'scorer', 'one that the candidates were scored by', scorer);
  const { folds, std, mean } = best.scores[scorer.name];
  const standardError = folds.length > 1 ? std / Math.sqrt(folds.length - 1) : 0;
  return candidates.filter(
    ({ scores }) => improvement(scorer, mean, scores[scorer.name].mean) <= standardError,
  );
}

/** The candidate of the least value; of equal ones the better, and of equally good ones the first. */
function leastOf<P>(
  candidates: readonly SearchCandidate<P>[],
  measure: (candidate: SearchCandidate<P>) => number,
): SearchCandidate<P> {
  return candidates.reduce((chosen, each) => {
    const difference = measure(each) - measure(chosen);
    return difference < 0 || (difference === 0 && each.rank < chosen.rank) ? each : chosen;
  });
}

function isCandidate(value: unknown): boolean {
  return typeof (value as Partial<SearchCandidate<unknown>> | null | undefined)?.rank === 'number';
}
