import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import type { FittedCandidate, Prediction } from '@churn/selection';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Build, describeBuild } from '../build.js';
import { type Deferred, deferred } from '../deferred.js';
import { compressData, type PackedData } from '../packed-data.js';
import { reasonOf } from '../reason-of.js';
import { errorOf, numbered, type Result, readResult } from '../result.js';
import type { DataStore } from '../store/data-store.js';
import { redisStore } from '../store/redis-store.js';
import { candidatesOf, describeTask, type Job, type Task, taskKey } from '../task.js';
import type { OnMessage } from './connect.js';
import { KEPT_SECONDS, type Keys, readNews } from './keys.js';
import { MOST_DEATHS, type RedisJob } from './redis-job.js';
import { Register, type SearchEntry, type WorkerEntry } from './register.js';

/** How often it is looked for workers, and for tasks that were lost. */
const LOOK_MS = 1000;

export interface RedisSessionOptions {
  readonly keys: Keys;
  readonly build: Build;
  /** Where the rows lie, where not in Redis. */
  readonly share: DataStore | undefined;
  readonly packed: PackedData;
  readonly job: Job;
  readonly onMessage: OnMessage;
  /** Called with how many workers of this build there are, and threads of theirs, whenever that changes. */
  readonly onWorkers: (there: WorkersThere) => void;
}

export interface WorkersThere {
  readonly workers: number;
  readonly threads: number;
}

interface Waiting extends Deferred<Result> {
  readonly key: string;
  readonly task: Task;
}

/** The tasks of a search on the queue, and their results. Whatever Redis has lost is put there again. */
export class RedisSession {
  readonly #id = randomUUID();
  readonly #waiting = new Map<string, Waiting>();
  readonly #queue: Queue<RedisJob>;
  readonly #store: DataStore;
  readonly #workers: Register<WorkerEntry>;
  readonly #searches: Register<SearchEntry>;
  readonly #listener: Redis;
  readonly #refused = new Set<string>();
  #there: WorkersThere | undefined;
  #onGrowth: () => void = () => undefined;
  #uploading: Promise<void> | undefined;
  readonly #end = new AbortController();
  #looking: Promise<void> = Promise.resolve();

  constructor(
    readonly redis: Redis,
    readonly options: RedisSessionOptions,
  ) {
    const { keys, build, share } = options;
    this.#queue = new Queue(keys.queue(build), { connection: redis, prefix: keys.prefix });
    this.#queue.on('error', (error) => options.onMessage(reasonOf(error), 'debug'));
    this.#store = share ?? redisStore(redis, keys);
    this.#workers = new Register(redis, keys.register('workers'));
    this.#searches = new Register(redis, keys.register('searches'));
    this.#listener = redis.duplicate();
    this.#listener.on('error', () => undefined);
  }

  async start(): Promise<void> {
    this.#listener.on('message', (_, text) => {
      const news = readNews(text);
      if (!news || !('done' in news)) return;
      const waiting = this.#waiting.get(news.done);
      if (waiting) this.#takeResult(waiting).catch(waiting.reject);
    });
    await this.#listener.subscribe(this.options.keys.channel);
    await this.#lookForWorkers();
    this.#looking = this.#keepLooking();
  }

  async run(task: Task): Promise<Prediction[]> {
    const result = await this.#resultOf(task);
    if (!('predictions' in result)) throw new Error(`${describeTask(task)}: the worker gave no predictions`);
    return numbered(result.predictions, candidatesOf(task));
  }

  async fit(task: Task): Promise<FittedCandidate> {
    const result = await this.#resultOf(task);
    if (!('fitted' in result)) throw new Error(`${describeTask(task)}: the worker gave no fitted model`);
    return result.fitted;
  }

  onGrowth(listener: () => void): void {
    this.#onGrowth = listener;
  }

  /** Takes what is not done from the queue, and has workers stop what they do of it. */
  async close(): Promise<void> {
    this.#end.abort();
    const { keys } = this.options;
    const left = [...this.#waiting.keys()];
    this.#waiting.clear();
    // Where Redis is away nobody works on it either.
    if (this.redis.status === 'ready') {
      await this.#looking;
      await Promise.all(left.map((key) => this.#queue.remove(key).catch(() => undefined)));
      await this.redis.publish(keys.channel, JSON.stringify({ closed: this.#id }));
      await this.#searches.leave(this.#id);
      await this.#queue.close();
    }
    this.#listener.disconnect();
    this.redis.disconnect();
  }

  async #resultOf(task: Task): Promise<Result> {
    const key = taskKey(task, this.options.job, this.options.build);
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      waiting = { ...deferred<Result>(), key, task };
      this.#waiting.set(key, waiting);
      this.#begin(waiting).catch(waiting.reject);
    }
    const result = await waiting.promise;
    if ('failure' in result) throw errorOf(result.failure);
    return result;
  }

  async #begin(waiting: Waiting): Promise<void> {
    if (!(await this.#takeResult(waiting))) await this.#add(waiting);
  }

  /** Whether there is a result, which is then handed over. */
  async #takeResult(waiting: Waiting): Promise<boolean> {
    const key = this.options.keys.result(waiting.key);
    const text = await this.redis.getex(key, 'EX', KEPT_SECONDS);
    if (text === null) return false;
    const result = readResult(text);
    // What went wrong may go right the next time.
    if (!result || 'failure' in result) await this.redis.del(key);
    if (!result) return false;
    this.#waiting.delete(waiting.key);
    waiting.resolve(result);
    return true;
  }

  async #add({ key, task }: Waiting): Promise<void> {
    await this.#upload();
    if (!this.#waiting.has(key)) return;
    const { job, share } = this.options;
    const data: RedisJob = { session: this.#id, job, isShared: share !== undefined, task };
    // A task that is on the queue already, of this search or another, stays there as it is.
    await this.#queue.add('task', data, {
      jobId: key,
      removeOnComplete: true,
      removeOnFail: { age: KEPT_SECONDS },
    });
  }

  /** Sees to it that the rows are there. */
  #upload(): Promise<void> {
    this.#uploading ??= this.#uploadMissing().finally(() => {
      this.#uploading = undefined;
    });
    return this.#uploading;
  }

  async #uploadMissing(): Promise<void> {
    const { packed } = this.options;
    if (!(await this.#store.has(packed.hash))) await this.#store.put(packed.hash, await compressData(packed));
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#lookForWorkers();
        for (const waiting of [...this.#waiting.values()]) await this.#lookFor(waiting);
      } catch (error) {
        this.options.onMessage(reasonOf(error), 'debug');
      }
    }
  }

  async #lookForWorkers(): Promise<void> {
    const { build, onMessage, onWorkers } = this.options;
    await this.#searches.announce(this.#id, { host: hostname(), pid: process.pid, build });
    const all = await this.#workers.present();
    const own = all.filter((each) => each.build.hash === build.hash);
    for (const { host, pid, build: other } of all) {
      const name = `${host}:${pid}`;
      if (other.hash === build.hash || this.#refused.has(name)) continue;
      this.#refused.add(name);
      onMessage(
        `the worker ${name} gets no work: it has ${describeBuild(other)}, and this search ${describeBuild(build)}`,
        'warn',
      );
    }
    const there = { workers: own.length, threads: own.reduce((sum, { threads }) => sum + threads, 0) };
    const before = this.#there;
    if (before?.workers === there.workers && before.threads === there.threads) return;
    this.#there = there;
    onWorkers(there);
    this.#onGrowth();
  }

  /** Looks whether a task was lost, its result was missed, or its workers died of it. */
  async #lookFor(waiting: Waiting): Promise<void> {
    const { key, task } = waiting;
    const state = await this.#queue.getJobState(key);
    if (state !== 'failed' && state !== 'unknown') return;
    if (!this.#waiting.has(key) || (await this.#takeResult(waiting))) return;
    const failed = state === 'failed' ? await this.#queue.getJob(key) : undefined;
    if (!failed) return this.#add(waiting);
    await failed.remove();
    this.#waiting.delete(key);
    waiting.reject(
      new ChurnError(
        'unsupported',
        `${describeTask(task)}: given up after ${MOST_DEATHS} workers died of it: ${failed.failedReason}; it may need more memory than they have`,
      ),
    );
  }
}
