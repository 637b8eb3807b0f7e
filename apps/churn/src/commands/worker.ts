import { availableParallelism } from 'node:os';
import { startWorker } from '@churn/distributed';
import { drainOnSignals } from '../terminal/drain-on-signals.js';
import type { Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';
import { buildOfApplication } from '../training/build.js';
import { messagesTo } from '../training/executor.js';
import { PIPELINE } from '../training/fitting.js';

export interface WorkerCommand {
  /** The address of Redis. */
  readonly redis: string;
  readonly threads?: number | undefined;
  /** The folder or bucket through which searches share rows, if they do. */
  readonly share?: string | undefined;
}

/**
 * Fits models for trainings that use the same Redis, until a signal stops it: the first after current tasks, the second at once.
 * @returns the number of tasks done.
 */
export async function work(
  { redis, threads = availableParallelism(), share }: WorkerCommand,
  logger: Logger,
): Promise<Outcome> {
  let nTasks = 0;
  const worker = await startWorker({
    url: redis,
    threads,
    share,
    modules: { [PIPELINE.exportName]: PIPELINE.url },
    build: await buildOfApplication(),
    onBegin: (key, what) => logger.debug(`${key.slice(0, 12)}: ${what}, begun`),
    onTask(key, what, ms) {
      nTasks++;
      logger.info(`${key.slice(0, 12)}: ${what}, ${(ms / 1000).toFixed(1)} s`);
    },
    onMessage: messagesTo(logger),
  });
  logger.info(`worker of ${threads} threads: ready`);
  await new Promise<void>((resolve, reject) => {
    const release = drainOnSignals(
      () => {
        logger.info('finishing current tasks; interrupt again to return them to the queue');
        worker.drain().then(resolve, reject);
      },
      () => void worker.stop().catch(reject),
    );
    worker.ended.then(resolve, reject).finally(release);
  });
  return { text: `tasks done: ${nTasks}`, figures: { tasks: nTasks } };
}
