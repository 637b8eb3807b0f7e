/** What a shell says of a process that a signal has ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

/** What signals do to the process, for as long as it is not stopped. */
export interface Interruption {
  /** Has the process go on whatever it is told: for the moment in which results are put in their place. */
  ignore(): void;
  /** Leaves signals to what they did before. */
  stop(): void;
}

/** From now on a signal to end has `cleanUp` done, tells so in one line, and ends the process. */
export function endOnSignals(cleanUp: () => void = () => undefined): Interruption {
  // Each time, and not once: shells and package managers tell twice.
  const end = (signal: keyof typeof EXIT_CODES) => {
    process.stderr.write(`error: ${signal}: stopped; the results of earlier runs are as they were\n`);
    try {
      cleanUp();
    } finally {
      process.exit(EXIT_CODES[signal]);
    }
  };
  const goOn = () => undefined;
  for (const signal of SIGNALS) process.on(signal, end);
  return {
    ignore() {
      for (const signal of SIGNALS) process.on(signal, goOn).off(signal, end);
    },
    stop() {
      for (const signal of SIGNALS) process.off(signal, end).off(signal, goOn);
    },
  };
}
