import { availableParallelism } from 'node:os';
import type { OnMessage } from '@churn/distributed';
import type { Executor } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import type { Workers } from '../config/workers.js';
import type { Logger } from '../terminal/logger.js';
import { buildOfApplication } from './build.js';

/** How many threads this machine gives to a training. */
export function threadsOf(workers: Workers | undefined): number {
  if (typeof workers === 'number') return workers;
  const own = workers && 'folder' in workers ? workers.threads : undefined;
  return own ?? availableParallelism();
}

/** Where a training has its pieces run and its models fitted. */
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
    // Numbers from 0 and from 1 serve as well.
    shard: shard === 0 ? shards : shard,
    shards,
    isApart: apart,
    executor: threadExecutor(threads),
    build,
    onPiece: (key, ms) => logger.debug(`piece ${key.slice(0, 12)}: ${(ms / 1000).toFixed(1)} s`),
  });
}

/** Tells a user what happens between machines. */
export function messagesTo(logger: Logger): OnMessage {
  return (message, level) => logger.log(level, message);
}
