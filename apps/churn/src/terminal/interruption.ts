import { errorLine } from './json-output.js';

/** The exit codes of processes ended by signals. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

/** Shells and package managers send an interruption twice, within this time. */
export const ONE_INTERRUPTION_MS = 500;

/** The signal handling of the process. */
export interface Interruption {
  /**
   * From now on, the first SIGINT calls `work`, and the process continues; the next one ends it.
   * @returns a function after which SIGINT ends the process again.
   */
  instead(work: () => void): () => void;
  /** Ignores signals, while results are put in place. */
  ignore(): void;
  /** Restores the previous handling. */
  stop(): void;
}

/** From now on, a termination signal calls `cleanUp`, prints one line, and ends the process. */
export function endOnSignals(cleanUp: () => void = () => undefined): Interruption {
  let first: (() => void) | undefined;
  let interruptedAt = -Infinity;
  // `on` instead of `once`, since shells and package managers send signals twice.
  const end = (signal: keyof typeof EXIT_CODES) => {
    if (signal === 'SIGINT') {
      if (performance.now() - interruptedAt < ONE_INTERRUPTION_MS) return;
      if (first) {
        interruptedAt = performance.now();
        const work = first;
        first = undefined;
        work();
        return;
      }
    }
    const message = `${signal}: stopped; the results of earlier runs are unchanged`;
    process.stderr.write(errorLine('interrupted', message));
    try {
      cleanUp();
    } finally {
      process.exit(EXIT_CODES[signal]);
    }
  };
  const goOn = () => undefined;
  for (const signal of SIGNALS) process.on(signal, end);
  return {
    instead(work) {
      first = work;
      return () => {
        if (first === work) first = undefined;
      };
    },
    ignore() {
      for (const signal of SIGNALS) process.on(signal, goOn).off(signal, end);
    },
    stop() {
      for (const signal of SIGNALS) process.off(signal, end).off(signal, goOn);
    },
  };
}
