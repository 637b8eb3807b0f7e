import type { Logger } from '../terminal/logger.js';
import { LINE_EVERY_MS, progressBar } from '../terminal/progress-bar.js';

/** Shows the number of rows read from a file: a bar on a terminal, otherwise a log line every few seconds. */
interface ReadingProgress {
  /** Reports further rows. */
  read(count: number): void;
  stop(): void;
}

/** @param time the number of the pass over the file. */
export function readingProgress(logger: Logger, total: number, time: number): ReadingProgress {
  const what = time === 1 ? 'reading for the bins' : 'reading into the bins';
  const bar = progressBar(`${what} {bar} {percentage}% | {value} of {total} rows`);
  bar?.start(total, 0);
  let done = 0;
  let last = performance.now();
  return {
    read(count) {
      done += count;
      bar?.update(done);
      if (bar || performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      logger.info(`${what}: ${done} of ${total} rows`);
    },
    stop: () => bar?.stop(),
  };
}
