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
import { type Keys, RETENTION_SECONDS, readEvent } from './keys.js';
import { MAX_WORKER_DEATHS, type RedisJob } from './redis-job.js';
import { Register, type SearchEntry, type WorkerEntry } from './register.js';

/** How often to check for workers and lost tasks. */
const CHECK_MS = 1000;

export interface RedisSessionOptions {
  readonly keys: Keys;
  readonly build: Build;
  /** Where the rows are stored, if not in Redis. */
  readonly share: DataStore | undefined;
  readonly packed: PackedData;
  readonly job: Job;
  readonly onMessage: OnMessage;
  /** Called with the number of workers of this build, and of their threads, whenever it changes. */
  readonly onWorkers: (available: AvailableWorkers) => void;
}

export interface AvailableWorkers {
  readonly workers: number;
  readonly threads: number;
}

interface PendingTask extends Deferred<Result> {
  readonly key: string;
  readonly task: Task;
}

/** Queues the tasks of a search and receives their results. Uploads and queues again whatever Redis has lost. */
export class RedisSession {
  readonly #id = randomUUID();
  readonly #pending = new Map<string, PendingTask>();
  readonly #queue: Queue<RedisJob>;
  readonly #store: DataStore;
  readonly #workers: Register<WorkerEntry>;
  readonly #searches: Register<SearchEntry>;
  readonly #listener: Redis;
  readonly #refused = new Set<string>();
  #available: AvailableWorkers | undefined;
  #onGrowth: () => void = () => undefined;
  #uploading: Promise<void> | undefined;
  readonly #end = new AbortController();
  #checking: Promise<void> = Promise.resolve();

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
      const event = readEvent(text);
      if (!event || !('done' in event)) return;
      const pending = this.#pending.get(event.done);
      if (pending) this.#takeResult(pending).catch(pending.reject);
    });
    await this.#listener.subscribe(this.options.keys.channel);
    await this.#checkWorkers();
    this.#checking = this.#keepChecking();
  }

  async run(task: Task): Promise<Prediction[]> {
    const result = await this.#resultOf(task);
    if (!('predictions' in result))
      throw new Error(`${describeTask(task)}: the worker returned no predictions`);
    return numbered(result.predictions, candidatesOf(task));
  }

  async fit(task: Task): Promise<FittedCandidate> {
    const result = await this.#resultOf(task);
    if (!('fitted' in result)) throw new Error(`${describeTask(task)}: the worker returned no fitted model`);
    return result.fitted;
  }

  onGrowth(listener: () => void): void {
    this.#onGrowth = listener;
  }

  /** Removes unfinished tasks from the queue, and makes workers stop theirs. */
  async close(): Promise<void> {
    this.#end.abort();
    const { keys } = this.options;
    const left = [...this.#pending.keys()];
    this.#pending.clear();
    // Without Redis, no worker runs its tasks either.
    if (this.redis.status === 'ready') {
      await this.#checking;
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
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = { ...deferred<Result>(), key, task };
      this.#pending.set(key, pending);
      this.#begin(pending).catch(pending.reject);
    }
    const result = await pending.promise;
    if ('failure' in result) throw errorOf(result.failure);
    return result;
  }

  async #begin(pending: PendingTask): Promise<void> {
    if (!(await this.#takeResult(pending))) await this.#add(pending);
  }

  /** Resolves a pending task with its result, if there is one. @returns whether there is. */
  async #takeResult(pending: PendingTask): Promise<boolean> {
    const key = this.options.keys.result(pending.key);
    const text = await this.redis.getex(key, 'EX', RETENTION_SECONDS);
    if (text === null) return false;
    const result = readResult(text);
    // A failed task may succeed the next time.
    if (!result || 'failure' in result) await this.redis.del(key);
    if (!result) return false;
    this.#pending.delete(pending.key);
    pending.resolve(result);
    return true;
  }

  async #add({ key, task }: PendingTask): Promise<void> {
    await this.#upload();
    if (!this.#pending.has(key)) return;
    const { job, share } = this.options;
    const data: RedisJob = { session: this.#id, job, isShared: share !== undefined, task };
    // BullMQ ignores a job whose ID is already in the queue, from this search or another.
    await this.#queue.add('task', data, {
      jobId: key,
      removeOnComplete: true,
      removeOnFail: { age: RETENTION_SECONDS },
    });
  }

  /** Uploads the rows unless they are stored already. */
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

  async #keepChecking(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await sleep(CHECK_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#checkWorkers();
        for (const pending of [...this.#pending.values()]) await this.#checkTask(pending);
      } catch (error) {
        this.options.onMessage(reasonOf(error), 'debug');
      }
    }
  }

  async #checkWorkers(): Promise<void> {
    const { build, onMessage, onWorkers } = this.options;
    await this.#searches.announce(this.#id, { host: hostname(), pid: process.pid, build });
    const all = await this.#workers.present();
    const own = all.filter((each) => each.build.hash === build.hash);
    for (const { host, pid, build: other } of all) {
      const name = `${host}:${pid}`;
      if (other.hash === build.hash || this.#refused.has(name)) continue;
      this.#refused.add(name);
      onMessage(
        `the worker ${name} gets no tasks: it has ${describeBuild(other)}, but this search has ${describeBuild(build)}`,
        'warn',
      );
    }
    const available = { workers: own.length, threads: own.reduce((sum, { threads }) => sum + threads, 0) };
    const before = this.#available;
    if (before?.workers === available.workers && before.threads === available.threads) return;
    this.#available = available;
    onWorkers(available);
    this.#onGrowth();
  }

  /** Checks whether a task was lost, its result was missed, or it was abandoned. */
  async #checkTask(pending: PendingTask): Promise<void> {
    const { key, task } = pending;
    const state = await this.#queue.getJobState(key);
    if (state !== 'failed' && state !== 'unknown') return;
    if (!this.#pending.has(key) || (await this.#takeResult(pending))) return;
    const failed = state === 'failed' ? await this.#queue.getJob(key) : undefined;
    if (!failed) return this.#add(pending);
    await failed.remove();
    this.#pending.delete(key);
    pending.reject(
      new ChurnError(
        'unsupported',
        `${describeTask(task)}: abandoned after ${MAX_WORKER_DEATHS} workers died: ${failed.failedReason}; it may need more memory than they have`,
      ),
    );
  }
}
