import type { Executor } from '@churn/selection';
import type { Build } from '../build.js';
import { packData } from '../packed-data.js';
import { storeOf } from '../store/store-of.js';
import { fitTask, jobOf, pieceTask } from '../task.js';
import { addressOf, connect, type OnMessage } from './connect.js';
import { keysOf } from './keys.js';
import { type AvailableWorkers, RedisSession } from './redis-session.js';

export interface RedisExecutorOptions {
  /** The address, such as `redis://host:6379`, `redis://:password@host:6379/1` or `rediss://…` for TLS. */
  readonly url: string;
  /** The code, as returned by `readBuild`. Workers with another build take no tasks. */
  readonly build: Build;
  /** The prefix of all keys in Redis, the same for the searches and workers of a project. Default `churn`. */
  readonly prefix?: string;
  /**
   * Where to store the rows instead of in Redis, the same for the workers: a folder that all machines can access, or a bucket of an
   * S3-compatible store, such as `s3://bucket/prefix` or `s3://bucket/prefix?endpoint=https://host:9000&region=eu-west-1`. Its credentials
   * are the environment variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
   */
  readonly share?: string | undefined;
  /** Called when the connection is lost or restored, the number of workers changes, or a worker is refused. */
  readonly onMessage?: OnMessage;
}

/**
 * Delegates the tasks of a search, or of `fitCandidates`, to workers on any number of machines, started with `startWorker` and connected
 * through a Redis server. Results are the same as on one machine. Redis keeps each for a week, keyed by everything that determines it, so
 * that a killed search resumes where it stopped, and no finished task is repeated, even if workers or Redis are killed.
 *
 * ```ts
 * await gridSearch({ grid, pipeline: new PipelineModule(url, 'churnPipeline'), executor: redisExecutor({ url: 'redis://queue', build }) }, x, y);
 * ```
 *
 * @throws `invalid-parameter` if `url` is not an address of Redis, or `share` is an invalid address of a bucket or lacks credentials.
 * `open` throws it if Redis cannot be reached or the pipeline is not a `PipelineModule`; `run` and `fit` throw the errors of the worker.
 */
export function redisExecutor(options: RedisExecutorOptions): Executor {
  const { url, build, prefix = 'churn', share, onMessage = () => undefined } = options;
  addressOf(url);
  const store = share === undefined ? undefined : storeOf(share);
  let concurrency = 1;
  let lastMessage = '';
  const onWorkers = ({ threads, workers }: AvailableWorkers) => {
    concurrency = Math.max(1, threads + workers);
    const message =
      workers === 0 ? 'no workers; waiting for one' : `workers: ${workers}, with ${threads} threads in total`;
    // A new session finds the same workers as the last one.
    if (message !== lastMessage) onMessage(message, 'info');
    lastMessage = message;
  };
  return {
    /** The threads of all workers, plus one queued task per worker, so that no thread becomes idle. */
    get concurrency() {
      return concurrency;
    },
    async open(data, candidates) {
      const packed = packData(data);
      const job = jobOf(candidates, packed.hash);
      const redis = await connect(url, onMessage);
      const session = new RedisSession(redis, {
        keys: keysOf(prefix),
        build,
        share: store,
        packed,
        job,
        onMessage,
        onWorkers,
      });
      await session.start();
      return {
        run: async (piece) => session.run(pieceTask(piece, candidates.params)),
        fit: async (candidate) => session.fit(fitTask(candidate, candidates.params)),
        onGrowth: (listener) => session.onGrowth(listener),
        close: () => session.close(),
      };
    },
  };
}
