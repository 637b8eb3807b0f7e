import { type GitState, gitState } from './git-state.js';

/** When a training began, and with which code. */
export interface Beginning {
  /** ISO 8601, in UTC. */
  readonly started: string;
  readonly git: Promise<GitState | null>;
  /** How long ago it was, in seconds. */
  seconds(): number;
}

/** To be called first: the code may have changed when the training ends. */
export function beginning(): Beginning {
  const from = performance.now();
  return {
    started: new Date().toISOString(),
    git: gitState(),
    seconds: () => (performance.now() - from) / 1000,
  };
}
