import type { Config } from '../config/config.js';
import { USUAL_SECONDS } from '../config/preset.js';

/** The share of the time for the search, while the duration of the fits after it is unknown. */
const SEARCH_SHARE = 0.6;
/** The share of the time reserved for figures and writing after all fits. */
const REPORT_SHARE = 0.1;

/** The time limit of a training, counted from the creation of this object. */
export interface TimeLimit {
  readonly seconds: number;
  /** The remaining time for the search, in milliseconds. */
  searchMs(): number;
  /** The remaining time for fits, in milliseconds. */
  fitMs(): number;
}

/** The time limit of a configuration; listed models have none by default. */
export function timeLimit({
  time,
  models,
  preset,
}: Pick<Config, 'time' | 'models' | 'preset'>): TimeLimit | undefined {
  const seconds = time ?? (models === 'auto' ? USUAL_SECONDS[preset] : undefined);
  if (seconds === undefined) return undefined;
  const started = performance.now();
  const left = (share: number) => Math.max(0, share * seconds * 1000 - (performance.now() - started));
  return { seconds, searchMs: () => left(SEARCH_SHARE), fitMs: () => left(1 - REPORT_SHARE) };
}
