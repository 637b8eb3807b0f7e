import { ONE_INTERRUPTION_MS } from './interruption.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on, the first termination signal calls `drain`, and the next one `stop`.
 * @returns a function that restores the previous handling.
 */
export function drainOnSignals(drain: () => void, stop: () => void): () => void {
  let toldAt = -Infinity;
  let isDraining = false;
  const end = () => {
    const isAgain = performance.now() - toldAt < ONE_INTERRUPTION_MS;
    toldAt = performance.now();
    if (isAgain) return;
    (isDraining ? stop : drain)();
    isDraining = true;
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}
