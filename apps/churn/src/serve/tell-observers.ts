import type { Answered, Observer } from './answered.js';

/** How long an answered request waits for others, to be told of with them. */
const GATHER_MS = 10;

/** Tells observers of answered requests, behind the answers. */
export interface Teller {
  tell(answered: Answered): void;
  /** Tells of those that wait. */
  flush(): void;
}

/**
 * Some requests together, by a timer: an immediate a request would keep the event loop from waiting for the network, so that fewer rows come
 * together and are scored as one batch.
 */
export function tellObservers(observers: readonly Observer[]): Teller {
  let waiting: Answered[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const all = waiting;
    waiting = [];
    for (const answered of all) for (const observe of observers) observe(answered);
  };
  return {
    flush,
    tell(answered) {
      if (observers.length === 0) return;
      waiting.push(answered);
      timer ??= setTimeout(flush, GATHER_MS);
    },
  };
}
