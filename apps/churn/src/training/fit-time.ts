import { improvement, type ScoredCandidate, type ScorerName, scorers } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { threadsOf } from './executor.js';

/** A safety margin for other work and slower rows. */
const MARGIN = 1.3;

/** The settings that determine the number of fits and threads. */
export type FitTimeConfig = Pick<Config, 'crossValidation' | 'split' | 'workers'>;

/**
 * Estimates the time to fit models on all training rows, and to refit them on all rows, in milliseconds.
 *
 * @param foldMs the time of each in a fold, in milliseconds.
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

/** The usual maximum number of members of a blend. */
const USUAL_MEMBERS = 5;

/**
 * Estimates the time of the fits after a search from the candidates so far, in milliseconds: of the listed models, or else of the most
 * likely members of a blend.
 *
 * @param loss the loss that selects these members.
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
