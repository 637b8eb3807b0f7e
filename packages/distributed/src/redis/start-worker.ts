import { setTimeout as sleep } from 'node:timers/promises';
import { requireParameter } from '@churn/core';
import type { Executor } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { type Job, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Build } from '../build.js';
import { deferred } from '../deferred.js';
import { reasonOf } from '../reason-of.js';
import { failureOf, type Result, resultText } from '../result.js';
import type { DataStore } from '../store/data-store.js';
import { redisStore } from '../store/redis-store.js';
import { storeOf } from '../store/store-of.js';
import { describeTask } from '../task.js';
import { addressOf, connect, type OnMessage } from './connect.js';
import { type Keys, keysOf, RETENTION_SECONDS, readEvent } from './keys.js';
import { Presence } from './presence.js';
import { MAX_WORKER_DEATHS, type RedisJob } from './redis-job.js';
import { MissingRows, WorkerData } from './worker-data.js';
import { WorkerSessions } from './worker-sessions.js';

export interface WorkerOptions {
  /** The address of Redis, as in `redisExecutor`. */
  readonly url: string;
  /** The pipeline modules of this machine, by the names of the functions that they export. Their URLs may differ from the search's. */
  readonly modules: Readonly<Record<string, URL | string>>;
  /** The code, as returned by `readBuild`. The worker takes tasks only from searches of the same build. */
  readonly build: Build;
  /** How many tasks the worker runs at once, each on a thread. Default 1. */
  readonly threads?: number;
  /** The prefix of all keys, as in `redisExecutor`. */
  readonly prefix?: string;
  /** Where the rows are stored, as in `redisExecutor`. */
  readonly share?: string | undefined;
  /** The number of milliseconds without a heartbeat after which other workers take over its tasks, at least 100. Default 30,000. */
  readonly lockMs?: number;
  /** Called when a task starts, with its key and description. A task whose worker died or lost Redis for `lockMs` starts again. */
  readonly onBegin?: (key: string, what: string) => void;
  /** Called when a task is done, with its key, its description and the time it took in milliseconds. */
  readonly onTask?: (key: string, what: string, ms: number) => void;
  /** Called when the connection is lost or restored, and with each search that has another build. */
  readonly onMessage?: OnMessage;
  /** Runs the tasks. Default `threadExecutor(threads)`. An executor that blocks the event loop loses the locks of its tasks. */
  readonly executor?: Executor;
}

/** A worker that takes tasks from the queue until it is stopped. */
export interface RunningWorker {
  /** Finishes the running tasks, takes no others, and ends. */
  drain(): Promise<void>;
  /** Returns the running tasks to the queue, and ends. */
  stop(): Promise<void>;
  /** Settles when the worker has ended. */
  readonly ended: Promise<void>;
}

/**
 * Starts a worker for searches that use `redisExecutor` with the same Redis server.
 *
 * @throws `invalid-parameter` for an invalid option, if Redis cannot be reached, and if all current searches have another build, naming
 * both builds.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { url, share, threads = 1, lockMs = 30_000, prefix = 'churn', onMessage = () => undefined } = options;
  requireParameter(Number.isInteger(threads) && threads >= 1, 'threads', 'an integer of at least 1', threads);
  requireParameter(lockMs >= 100, 'lockMs', 'a number of at least 100', lockMs);
  addressOf(url);
  const shared = share === undefined ? undefined : storeOf(share);
  const redis = await connect(url, onMessage);
  try {
    return await startOn(redis, keysOf(prefix), { ...options, threads, lockMs, onMessage, share: shared });
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

/** How long `stop` waits for running tasks to be returned to the queue. */
const STOPPING_MS = 3000;

type FullOptions = Omit<WorkerOptions, 'share'> &
  Required<Pick<WorkerOptions, 'threads' | 'lockMs' | 'onMessage'>> & {
    readonly share: DataStore | undefined;
  };

async function startOn(redis: Redis, keys: Keys, options: FullOptions): Promise<RunningWorker> {
  const { build, threads, lockMs, modules, share, onMessage, executor = threadExecutor(threads) } = options;
  const presence = new Presence(redis, keys, options);
  await presence.begin();
  const data = new WorkerData(redisStore(redis, keys), share);
  const sessions = new WorkerSessions({ executor, modules, read: (job) => data.read(job) });
  let isStopping = false;

  const doTask = async (job: Job<RedisJob>, token?: string) => {
    const key = job.id as string;
    const announceDone = () => redis.publish(keys.channel, JSON.stringify({ done: key }));
    // A finished task is queued again if its worker died before announcing it.
    if ((await redis.exists(keys.result(key))) === 1) return announceDone();
    const started = performance.now();
    options.onBegin?.(key, describeTask(job.data.task));
    const result = await sessions.run(job.data).catch((error): Result | undefined => {
      if (error instanceof MissingRows || isStopping) return undefined;
      return { failure: failureOf(error) };
    });
    if (isStopping && !result) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // If the search still needs the result, it queues the task again.
    if (!result) return undefined;
    await redis.set(keys.result(key), resultText(result), 'EX', RETENTION_SECONDS);
    options.onTask?.(key, describeTask(job.data.task), performance.now() - started);
    return announceDone();
  };

  const listener = redis.duplicate();
  listener.on('error', () => undefined);
  listener.on('message', (_, text) => {
    const event = readEvent(text);
    if (event && 'closed' in event) void sessions.close(event.closed);
  });
  await listener.subscribe(keys.channel);
  const worker = new Worker<RedisJob>(
    keys.queue(build),
    async (job, token) => void (await doTask(job, token)),
    {
      connection: redis,
      prefix: keys.prefix,
      concurrency: threads,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount: MAX_WORKER_DEATHS,
    },
  );
  worker.on('error', (error) => onMessage(reasonOf(error), 'debug'));

  const { promise: ended, resolve, reject } = deferred<void>();
  const end = async () => {
    await worker.close();
    await sessions.closeAll();
    await presence.end();
    listener.disconnect();
    redis.disconnect();
  };
  let isEnding = false;
  const drain = () => {
    if (!isEnding) end().then(resolve, reject);
    isEnding = true;
    return ended;
  };
  return {
    ended,
    drain,
    async stop() {
      isStopping = true;
      const done = drain();
      await sessions.closeAll();
      // If Redis is away, the tasks' locks expire there.
      await Promise.race([done, sleep(STOPPING_MS, undefined, { ref: false })]);
      await worker.disconnect();
      listener.disconnect();
      redis.disconnect();
      resolve();
    },
  };
}
