import { errorLine } from './json-output.js';

/** What a shell says of a process that a signal has ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

/** Shells and package managers tell of one interruption twice, within this time. */
export const ONE_INTERRUPTION_MS = 500;

/** What signals do to the process, for as long as it is not stopped. */
export interface Interruption {
  /**
   * From now on the first SIGINT has `work` done, and the process goes on; the next ends it.
   * @returns what has SIGINT end the process again.
   */
  instead(work: () => void): () => void;
  /** Has the process go on whatever it is told: for the moment in which results are put in their place. */
  ignore(): void;
  /** Leaves signals to what they did before. */
  stop(): void;
}

/** From now on a signal to end has `cleanUp` done, tells so in one line, and ends the process. */
export function endOnSignals(cleanUp: () => void = () => undefined): Interruption {
  let first: (() => void) | undefined;
  let interruptedAt = -Infinity;
  // Each time, and not once: shells and package managers tell twice.
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
