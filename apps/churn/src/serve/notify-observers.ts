import type { Answered, Observer } from './answered.js';

/** The time for which an answered request waits for others. */
const GATHER_MS = 10;

/** Notifies observers of answered requests, after the responses. */
export interface Notifier {
  notify(answered: Answered): void;
  /** Notifies of waiting requests. */
  flush(): void;
}

/**
 * Notifies of several requests together, by a timer. An immediate per request would keep the event loop from waiting for the network, so
 * that batches of rows would be smaller.
 */
export function notifyObservers(observers: readonly Observer[]): Notifier {
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
    notify(answered) {
      if (observers.length === 0) return;
      waiting.push(answered);
      timer ??= setTimeout(flush, GATHER_MS);
    },
  };
}
