import { ChurnError } from '@churn/core';
import type { SearchData } from '@churn/selection';
import { readData } from '../packed-data.js';
import type { DataStore } from '../store/data-store.js';
import type { RedisJob } from './redis-job.js';

/** A training needs its training rows and all rows. */
const MAX_CACHED = 2;

/** Redis no longer has the rows of a task. The search that queued it will upload them again. */
export class MissingRows extends Error {}

/** A cache of the rows of searches; the least recently used are dropped. */
export class WorkerData {
  readonly #kept = new Map<string, Promise<SearchData>>();

  constructor(
    readonly inRedis: DataStore,
    /** The shared folder or bucket, if the worker has one. */
    readonly shared: DataStore | undefined,
  ) {}

  /**
   * @throws `MissingRows` if Redis has lost them; `invalid-parameter` if they are in a folder or bucket that this worker was not given or
   * cannot read; `invalid-data` if they are damaged.
   */
  read(job: RedisJob): Promise<SearchData> {
    const hash = job.job.data;
    const data = this.#kept.get(hash) ?? this.#fetch(job);
    this.#kept.delete(hash);
    this.#kept.set(hash, data);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_CACHED) this.#kept.delete(oldest);
    data.catch(() => this.#kept.delete(hash));
    return data;
  }

  async #fetch({ job: { data: hash }, isShared }: RedisJob): Promise<SearchData> {
    const store = isShared ? this.shared : this.inRedis;
    if (!store) {
      throw new ChurnError(
        'invalid-parameter',
        'share: the rows of the search are in a shared folder or bucket; give its workers the same',
      );
    }
    const bytes = await store.get(hash);
    if (bytes) return readData(bytes, hash);
    if (!isShared) throw new MissingRows();
    throw new ChurnError(
      'invalid-parameter',
      `share: ${store.name} has no rows ${hash}; use the same folder or bucket as the search`,
    );
  }
}
