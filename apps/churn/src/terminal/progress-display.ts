import type { SearchProgress } from '@churn/selection';
import { Presets, SingleBar } from 'cli-progress';
import type { Logger } from './logger.js';

/** How often a line is logged where there is no terminal. */
const LINE_EVERY_MS = 5000;

export interface ProgressDisplay {
  update(progress: SearchProgress): void;
  stop(): void;
}

/** Shows how far a search is: a bar on a terminal, and otherwise a line in the log every few seconds. */
export function progressDisplay(logger: Logger): ProgressDisplay {
  return process.stderr.isTTY ? bar() : lines(logger);
}

function bar(): ProgressDisplay {
  const format = 'searching {bar} {percentage}% | {fits} of {totalFits} fits | {left}';
  const shown = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  let isStarted = false;
  return {
    update({ done, total, fits, totalFits, remainingMs }) {
      const payload = { fits, totalFits, left: timeLeft(remainingMs) };
      if (isStarted) shown.update(done, payload);
      else shown.start(total, done, payload);
      isStarted = true;
    },
    stop() {
      if (isStarted) shown.stop();
    },
  };
}

function lines(logger: Logger): ProgressDisplay {
  let last = 0;
  return {
    update({ done, total, fits, totalFits, elapsedMs, remainingMs }) {
      if (done === total || elapsedMs - last < LINE_EVERY_MS) return;
      last = elapsedMs;
      logger.info(`searched ${fits} of ${totalFits} fits, ${timeLeft(remainingMs)}`);
    },
    stop() {},
  };
}

function timeLeft(remainingMs: number | null): string {
  return remainingMs === null ? 'time left unknown' : `about ${Math.ceil(remainingMs / 1000)} s left`;
}
