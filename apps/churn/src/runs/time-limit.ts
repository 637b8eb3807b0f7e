import type { Config } from '../config/config.js';
import { USUAL_SECONDS } from '../config/preset.js';

/** How much of the time a search may take while it is not known how long the fits after it take. */
const SEARCH_SHARE = 0.6;
/** How much of the time is left to figures and writing when all is fitted. */
const REPORT_SHARE = 0.1;

/** How long a training may take, from the moment at which this was made. */
export interface TimeLimit {
  readonly seconds: number;
  /** How long a search may go on, in milliseconds. */
  searchMs(): number;
  /** How long fits may take, in milliseconds. */
  fitMs(): number;
}

/** The limit of a configuration; models that are listed have none unless it is given. */
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
