import type { TimeLimit } from '../runs/time-limit.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';

/** The reason why a search ended early. */
export type EndedBy = 'time' | 'interruption';

export function endText(endedBy: EndedBy): string {
  return endedBy === 'time' ? 'time limit reached' : 'interrupted';
}

/** Aborts when the time for a search is over and it has a model, or when it is interrupted. */
export function endOfSearch(limit: TimeLimit, interruption: Interruption | undefined, logger: Logger) {
  const end = new AbortController();
  let reason: EndedBy = 'time';
  let [isOver, hasModel] = [false, false];
  const endIfReady = () => {
    if (isOver && hasModel) end.abort();
  };
  const endAfter = (ms: number) =>
    setTimeout(
      () => {
        isOver = true;
        endIfReady();
      },
      Math.max(0, ms),
    );
  let timer = endAfter(limit.searchMs());
  const restore = interruption?.instead(() => {
    reason = 'interruption';
    logger.info('interrupted: the search ends with its results so far; interrupt again to end the training');
    end.abort();
  });
  return {
    signal: end.signal,
    reason: () => reason,
    /** Reserves milliseconds for the fits after the search. */
    reserve(ms: number) {
      clearTimeout(timer);
      isOver = false;
      timer = endAfter(limit.fitMs() - ms);
    },
    /** Reports that the search has a model, better than nothing. */
    found() {
      hasModel = true;
      endIfReady();
    },
    release() {
      clearTimeout(timer);
      restore?.();
    },
  };
}
