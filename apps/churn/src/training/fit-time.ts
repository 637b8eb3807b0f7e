import { availableParallelism } from 'node:os';
import type { Config } from '../config/config.js';

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
  { crossValidation: { folds }, split, workers = availableParallelism() }: FitTimeConfig,
): number {
  const all = foldMs.reduce((sum, each) => sum + each, 0);
  const atOnce = Math.max(all / workers, ...foldMs);
  const perFold = folds / (folds - 1);
  const perRow = split.refit ? 1 + 1 / (1 - split.testSize) : 1;
  return MARGIN * perFold * perRow * atOnce;
}
