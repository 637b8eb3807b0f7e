import { ChurnError, integerParameter, orNull, type Parameter } from '@churn/core';
import { builtinModule } from './builtin-module.js';

/** Calls encode the number of threads in 8 bits. */
const MAX_IN_TEAM = 255;

let chosen: number | null = null;

/**
 * Sets the largest number of threads that a fit or a prediction uses. With `null`, the default, it is the number of cores; in a worker
 * thread of Node it is 1, since a search already runs one on each core. Models and predictions do not depend on it.
 *
 * @throws `invalid-parameter` if it is neither `null` nor an integer of at least 1.
 */
export function setThreads(n: number | null): void {
  if (n !== null && !(Number.isInteger(n) && n >= 1)) {
    throw new ChurnError('invalid-parameter', `threads: expected an integer of at least 1 or null, got ${n}`);
  }
  chosen = n;
}

/** The parameter `nJobs` of a model: the largest number of threads that a fit uses; `null` for that of `setThreads`. */
export function nJobsParameter(): Parameter<number | null> {
  return orNull(integerParameter({ from: 1 }));
}

/** The largest number of threads for a fit with the given `nJobs`. */
export function maxThreads(nJobs: number | null = null): number {
  return Math.min(nJobs ?? chosen ?? nCores(), MAX_IN_TEAM);
}

function nCores(): number {
  const threads = builtinModule<{ isMainThread: boolean }>('node:worker_threads');
  if (threads?.isMainThread === false) return 1;
  const os = builtinModule<{ availableParallelism?: () => number }>('node:os');
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return os?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1;
}
