import type { Logger } from './logger.js';

/** What a shell says of a process that a signal has ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** From now on a signal to end has `cleanUp` done, tells so in one line, and ends the process. */
export function endOnSignals(logger: Logger, cleanUp: () => void): void {
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    // Each time: shells and package managers tell twice.
    process.on(signal, () => {
      logger.error(`${signal}: stopped; the results of earlier runs are as they were`);
      try {
        cleanUp();
      } finally {
        process.exit(code);
      }
    });
  }
}
