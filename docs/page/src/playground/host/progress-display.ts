import type { SearchProgress } from '@churn/selection';
import type { PageLogger } from '../page-logger.js';

/** In place of that of the application, which draws on a terminal. */
export function progressDisplay(logger: PageLogger, nameOf: (candidate: number) => string) {
  return {
    update({ fits, totalFits, best }: SearchProgress) {
      const model = best ? nameOf(best.index) : undefined;
      logger.onProgress({ fits, totalFits, ...(best && model && { best: { model, score: best.score } }) });
    },
    stop() {},
  };
}
