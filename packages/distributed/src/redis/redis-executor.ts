import type { Executor } from '@churn/selection';
import type { Build } from '../build.js';
import { packData } from '../packed-data.js';
import { storeOf } from '../store/store-of.js';
import { fitTask, jobOf, pieceTask } from '../task.js';
import { addressOf, connect, type OnMessage } from './connect.js';
import { keysOf } from './keys.js';
import { RedisSession, type WorkersThere } from './redis-session.js';

export interface RedisExecutorOptions {
  /** Such as `redis://host:6379`, `redis://:password@host:6379/1` or `rediss://…` for TLS. */
  readonly url: string;
  /** The code, as returned by `readBuild`: workers of another build do nothing for this search. */
  readonly build: Build;
  /** What the keys in Redis begin with: searches and workers of a project have the same. Default `churn`. */
  readonly prefix?: string;
  /**
   * Where the rows lie instead of in Redis; workers are given it, too: a folder that all machines see, or a bucket of an S3-compatible store,
   * such as `s3://bucket/prefix` or `s3://bucket/prefix?endpoint=https://host:9000&region=eu-west-1`. Its credentials come from the variables
   * `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` of the environment.
   */
  readonly share?: string | undefined;
  /** Called with when Redis is away and back, how many workers there are, and which are refused. */
  readonly onMessage?: OnMessage;
}

/**
 * Has the work of a search, or of `fitCandidates`, done by the workers that `startWorker` starts on any machines, which meet at a Redis
 * server. Results are the same as on one machine. Each is kept in Redis for a week by all that decides it, so that a search which was
 * killed goes on where it stopped; no finished task is done again, be workers or Redis killed in between.
 *
 * ```ts
 * await gridSearch({ grid, pipeline: new PipelineModule(url, 'churnPipeline'), executor: redisExecutor({ url: 'redis://queue', build }) }, x, y);
 * ```
 *
 * @throws `invalid-parameter` if `url` is no address of Redis, or `share` none of a bucket or without credentials; `open` throws it if
 * Redis cannot be reached or the pipeline is no `PipelineModule`, and `run` and `fit` throw what fitting throws on the worker.
 */
export function redisExecutor(options: RedisExecutorOptions): Executor {
  const { url, build, prefix = 'churn', share, onMessage = () => undefined } = options;
  addressOf(url);
  const store = share === undefined ? undefined : storeOf(share);
  let concurrency = 1;
  let told = '';
  const onWorkers = ({ threads, workers }: WorkersThere) => {
    concurrency = Math.max(1, threads + workers);
    const message =
      workers === 0 ? 'no workers: waiting for some' : `workers: ${workers}, with ${threads} threads in all`;
    // Sessions follow one another, and find the same.
    if (message !== told) onMessage(message, 'info');
    told = message;
  };
  return {
    /** The threads of all workers, and one task more each, which is there when a thread is free. */
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
