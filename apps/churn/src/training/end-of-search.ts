import type { TimeLimit } from '../runs/time-limit.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';

/** What ended a search before all candidates were tried. */
export type EndedBy = 'time' | 'interruption';

export function endText(endedBy: EndedBy): string {
  return endedBy === 'time' ? 'time limit reached' : 'interrupted';
}

/** Fires when the time for a search is over, or when it is interrupted. */
export function endOfSearch(limit: TimeLimit, interruption: Interruption | undefined, logger: Logger) {
  const end = new AbortController();
  let reason: EndedBy = 'time';
  const endAfter = (ms: number) => setTimeout(() => end.abort(), Math.max(0, ms));
  let timer = endAfter(limit.searchMs());
  const restore = interruption?.instead(() => {
    reason = 'interruption';
    logger.info('interrupted: the search ends with what it has found; once more ends the training');
    end.abort();
  });
  return {
    signal: end.signal,
    reason: () => reason,
    /** Leaves so many milliseconds to the fits that follow the search. */
    reserve(ms: number) {
      clearTimeout(timer);
      timer = endAfter(limit.fitMs() - ms);
    },
    release() {
      clearTimeout(timer);
      restore?.();
    },
  };
}
