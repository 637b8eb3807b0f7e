import { availableParallelism } from 'node:os';
import type { OnMessage } from '@churn/distributed';
import type { Executor } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import type { Workers } from '../config/workers.js';
import type { Logger } from '../terminal/logger.js';
import { buildOfApplication } from './build.js';

/** The number of threads for a training on this machine. */
export function threadsOf(workers: Workers | undefined): number {
  if (typeof workers === 'number') return workers;
  const own = workers && 'folder' in workers ? workers.threads : undefined;
  return own ?? availableParallelism();
}

/** The executor of a training's tasks and fits. */
export async function executorFor(workers: Workers | undefined, logger: Logger): Promise<Executor> {
  const threads = threadsOf(workers);
  if (workers === undefined || typeof workers === 'number') return threadExecutor(threads);
  const { folderExecutor, redisExecutor } = await import('@churn/distributed');
  const build = await buildOfApplication();
  const onMessage = messagesTo(logger);
  if ('redis' in workers) {
    const share = 'share' in workers ? workers.share : undefined;
    return redisExecutor({ url: workers.redis, share, build, onMessage });
  }
  const { folder, shard, shards, apart } = workers;
  return folderExecutor({
    folder,
    // Shards may be numbered from 0 or from 1.
    shard: shard === 0 ? shards : shard,
    shards,
    isApart: apart,
    executor: threadExecutor(threads),
    build,
    onPiece: (key, ms) => logger.debug(`task ${key.slice(0, 12)}: ${(ms / 1000).toFixed(1)} s`),
  });
}

/** Logs what happens between machines. */
export function messagesTo(logger: Logger): OnMessage {
  return (message, level) => logger.log(level, message);
}
