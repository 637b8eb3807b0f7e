import { visibleText } from '@churn/core';
import type { SearchProgress } from '@churn/selection';
import type { SingleBar } from 'cli-progress';
import { figureText } from '../reporting/figure-text.js';
import type { Logger } from './logger.js';
import { LINE_EVERY_MS, progressBar } from './progress-bar.js';

export interface ProgressDisplay {
  update(progress: SearchProgress): void;
  stop(): void;
}

/**
 * Shows the progress of a search with the best candidate: a bar on a terminal, otherwise a log line every few seconds.
 * @param nameOf the name of a candidate.
 */
export function progressDisplay(logger: Logger, nameOf: (candidate: number) => string): ProgressDisplay {
  const bestText = (best: SearchProgress['best']) =>
    best ? `, best so far ${nameOf(best.index)} ${figureText(best.score, 4)}` : '';
  const bar = progressBar('searching {bar} {percentage}% | {fits} of {totalFits} fits | {left}{best}');
  return bar ? onBar(bar, bestText) : lines(logger, bestText);
}

type BestText = (best: SearchProgress['best']) => string;

function onBar(shown: SingleBar, bestText: BestText): ProgressDisplay {
  let isStarted = false;
  return {
    update({ done, total, fits, totalFits, remainingMs, best }) {
      const payload = { fits, totalFits, left: timeLeft(remainingMs), best: visibleText(bestText(best)) };
      if (isStarted) shown.update(done, payload);
      else shown.start(total, done, payload);
      isStarted = true;
    },
    stop() {
      if (isStarted) shown.stop();
    },
  };
}

function lines(logger: Logger, bestText: BestText): ProgressDisplay {
  let last = 0;
  return {
    update({ done, total, fits, totalFits, elapsedMs, remainingMs, best }) {
      if (done === total || elapsedMs - last < LINE_EVERY_MS) return;
      last = elapsedMs;
      logger.info(`searched ${fits} of ${totalFits} fits, ${timeLeft(remainingMs)}${bestText(best)}`);
    },
    stop() {},
  };
}

function timeLeft(remainingMs: number | null): string {
  return remainingMs === null ? 'time left unknown' : `about ${Math.ceil(remainingMs / 1000)} s left`;
}
