const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Ends the process with one line where it is told to end, as by Ctrl-C, and what is not complete goes with it.
 * @returns what lets it go on, whatever it is told: for the moment in which results are put in their place.
 */
export function exitWhenTold(): { readonly ignore: () => void; readonly stop: () => void } {
  const end = (signal: keyof typeof EXIT_CODES) => {
    process.stderr.write(`error: ended by ${signal}; nothing was written\n`);
    process.exit(EXIT_CODES[signal]);
  };
  const ignore = () => undefined;
  const signals = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  for (const signal of signals) process.on(signal, end);
  return {
    ignore() {
      for (const signal of signals) process.on(signal, ignore).off(signal, end);
    },
    stop() {
      for (const signal of signals) process.off(signal, end).off(signal, ignore);
    },
  };
}
