import { type GitState, gitState } from './git-state.js';

/** The start time of a training, and the state of its code. */
export interface Beginning {
  /** ISO 8601, in UTC. */
  readonly started: string;
  readonly git: Promise<GitState | null>;
  /** The elapsed time, in seconds. */
  seconds(): number;
}

/** Call it first, since the code may change during training. */
export function beginning(): Beginning {
  const from = performance.now();
  return {
    started: new Date().toISOString(),
    git: gitState(),
    seconds: () => (performance.now() - from) / 1000,
  };
}
