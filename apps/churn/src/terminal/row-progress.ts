import type { Logger } from './logger.js';
import { LINE_EVERY_MS, progressBar } from './progress-bar.js';

/** Shows the number of explained rows among those read: a bar on a terminal, otherwise a log line every few seconds. */
export interface RowProgress {
  /** Reports further rows read. */
  read(count: number): void;
  /** Reports further rows explained. */
  explained(count: number): void;
  stop(): void;
}

export function rowProgress(logger: Logger): RowProgress {
  const bar = progressBar('explaining {bar} {percentage}% | {value} of {total} rows read');
  let total = 0;
  let done = 0;
  let last = performance.now();
  return {
    read(count) {
      if (total === 0) bar?.start(count, 0);
      total += count;
      bar?.setTotal(total);
    },
    explained(count) {
      done += count;
      bar?.update(done);
      if (bar || done === total || performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      logger.info(`explained ${done} of ${total} rows read`);
    },
    stop() {
      if (total > 0) bar?.stop();
    },
  };
}
