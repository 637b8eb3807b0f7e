import { improvement, type ScoredCandidate, type ScorerName, scorers } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { threadsOf } from './executor.js';

/** Other work, and rows that take longer than others. */
const MARGIN = 1.3;

/** What decides how much there is to fit, and where. */
export type FitTimeConfig = Pick<Config, 'crossValidation' | 'split' | 'workers'>;

/**
 * About how long it takes to fit models on all training rows, and anew on all rows, in milliseconds.
 *
 * @param foldMs how long each took in a fold.
 */
export function fitTime(
  foldMs: readonly number[],
  { crossValidation: { folds }, split, workers }: FitTimeConfig,
): number {
  const all = foldMs.reduce((sum, each) => sum + each, 0);
  const atOnce = Math.max(all / threadsOf(workers), ...foldMs);
  const perFold = folds / (folds - 1);
  const perRow = split.refit ? 1 + 1 / (1 - split.testSize) : 1;
  return MARGIN * perFold * perRow * atOnce;
}

/** As many as a blend usually has at most. */
const USUAL_MEMBERS = 5;

/**
 * About how long the fits after a search take, by the candidates found so far, in milliseconds: those of the models that are listed, or
 * else of the candidates that a blend is most likely made of.
 *
 * @param loss by which these are found.
 */
export function timeAfterSearch(
  found: readonly ScoredCandidate<Candidate>[],
  loss: ScorerName,
  config: FitTimeConfig & Pick<Config, 'models'>,
): number {
  if (config.models !== 'auto') {
    const names = new Map<string, number>();
    for (const { params, fitMs } of found)
      names.set(params.model, Math.max(fitMs, names.get(params.model) ?? 0));
    return fitTime([...names.values()], config);
  }
  const members = [...found]
    .sort((a, b) => improvement(scorers[loss], b.scores[loss].mean, a.scores[loss].mean))
    .slice(0, USUAL_MEMBERS);
  return fitTime(
    members.map(({ fitMs }) => fitMs),
    config,
  );
}
