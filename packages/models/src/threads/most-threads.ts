import { ChurnError, integerParameter, orNull, type Parameter } from '@churn/core';
import { builtinModule } from './builtin-module.js';

/** A call tells how many take part in 8 bits. */
const MOST_IN_TEAM = 255;

let chosen: number | null = null;

/**
 * Sets the most threads that a fit or a prediction uses: `null`, as at first, for as many as there are cores, and for one in a worker
 * thread of Node, where a search has its own on all cores. Models and predictions are the same for any number.
 *
 * @throws `invalid-parameter` if it is neither `null` nor an integer of at least 1.
 */
export function setThreads(n: number | null): void {
  if (n !== null && !(Number.isInteger(n) && n >= 1)) {
    throw new ChurnError('invalid-parameter', `threads: expected an integer of at least 1 or null, got ${n}`);
  }
  chosen = n;
}

/** The parameter `nJobs` of a model: the most threads that a fit uses; `null` for as many as `setThreads` says. */
export function nJobsParameter(): Parameter<number | null> {
  return orNull(integerParameter({ from: 1 }));
}

/** How many threads there may be. */
export function mostThreads(nJobs: number | null = null): number {
  return Math.min(nJobs ?? chosen ?? nCores(), MOST_IN_TEAM);
}

function nCores(): number {
  const threads = builtinModule<{ isMainThread: boolean }>('node:worker_threads');
  if (threads?.isMainThread === false) return 1;
  const os = builtinModule<{ availableParallelism?: () => number }>('node:os');
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return os?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1;
}
