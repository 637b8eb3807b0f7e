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
import { KEPT_SECONDS, type Keys, keysOf, readNews } from './keys.js';
import { Presence } from './presence.js';
import { MOST_DEATHS, type RedisJob } from './redis-job.js';
import { MissingRows, WorkerData } from './worker-data.js';
import { WorkerSessions } from './worker-sessions.js';

export interface WorkerOptions {
  /** As that of `redisExecutor`. */
  readonly url: string;
  /** The modules of pipelines by the names of the functions that they export: those of this machine, whatever they are called elsewhere. */
  readonly modules: Readonly<Record<string, URL | string>>;
  /** The code, as returned by `readBuild`: it works for searches of the same. */
  readonly build: Build;
  /** How many tasks it does at once, each on a thread. Default 1. */
  readonly threads?: number;
  /** As that of `redisExecutor`. */
  readonly prefix?: string;
  /** As that of `redisExecutor`. */
  readonly share?: string | undefined;
  /** After how many milliseconds without a sign of life others take over what this worker did. Default 30,000. */
  readonly lockMs?: number;
  /** Called with each task that is begun, by its key. One whose worker died, or lost Redis for long, is begun again. */
  readonly onBegin?: (key: string, what: string) => void;
  /** Called with each task that is done, by its key, and how long it took. */
  readonly onTask?: (key: string, what: string, ms: number) => void;
  /** Called with when Redis is away and back, and which searches it is not fit for. */
  readonly onMessage?: OnMessage;
  /** What does tasks. Default `threadExecutor(threads)`; anything that blocks the event loop loses the locks of its tasks. */
  readonly executor?: Executor;
}

/** A worker that takes tasks from the queue until it is ended. */
export interface RunningWorker {
  /** Finishes the tasks under way, takes no others, and ends. */
  drain(): Promise<void>;
  /** Gives the tasks under way back, and ends. */
  stop(): Promise<void>;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
}

/**
 * Works for the searches that come to a Redis server by `redisExecutor`.
 *
 * @throws `invalid-parameter` for a wrong option, if Redis cannot be reached, and if all searches there are of another build, telling
 * both.
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

/** How long it is tried to give back what was under way. */
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
    const tellDone = () => redis.publish(keys.channel, JSON.stringify({ done: key }));
    // It may be on the queue again though it is done: its worker died before it could say so.
    if ((await redis.exists(keys.result(key))) === 1) return tellDone();
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
    // Without a result the search, if there still is one that wants it, puts the task on the queue again.
    if (!result) return undefined;
    await redis.set(keys.result(key), resultText(result), 'EX', KEPT_SECONDS);
    options.onTask?.(key, describeTask(job.data.task), performance.now() - started);
    return tellDone();
  };

  const listener = redis.duplicate();
  listener.on('error', () => undefined);
  listener.on('message', (_, text) => {
    const news = readNews(text);
    if (news && 'closed' in news) void sessions.close(news.closed);
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
      maxStalledCount: MOST_DEATHS,
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
      // Where Redis is away it cannot be told: the locks expire there.
      await Promise.race([done, sleep(STOPPING_MS, undefined, { ref: false })]);
      await worker.disconnect();
      listener.disconnect();
      redis.disconnect();
      resolve();
    },
  };
}
