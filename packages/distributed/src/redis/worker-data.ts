import { ChurnError } from '@churn/core';
import type { SearchData } from '@churn/selection';
import { readData } from '../packed-data.js';
import type { DataStore } from '../store/data-store.js';
import type { RedisJob } from './redis-job.js';

/** A training needs its training rows and all rows. */
const MOST_KEPT = 2;

/** Redis no longer has the rows of a task: whoever put it on the queue will put them there again. */
export class MissingRows extends Error {}

/** The rows of searches, each fetched once and kept until others are needed more. */
export class WorkerData {
  readonly #kept = new Map<string, Promise<SearchData>>();

  constructor(
    readonly inRedis: DataStore,
    /** What machines share, where the worker was given it. */
    readonly shared: DataStore | undefined,
  ) {}

  /**
   * @throws `MissingRows`; `invalid-parameter` if they lie in a folder or bucket that this worker was not given or does not see;
   * `invalid-data` if they are damaged.
   */
  read(job: RedisJob): Promise<SearchData> {
    const hash = job.job.data;
    const data = this.#kept.get(hash) ?? this.#fetch(job);
    this.#kept.delete(hash);
    this.#kept.set(hash, data);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    data.catch(() => this.#kept.delete(hash));
    return data;
  }

  async #fetch({ job: { data: hash }, isShared }: RedisJob): Promise<SearchData> {
    const store = isShared ? this.shared : this.inRedis;
    if (!store) {
      throw new ChurnError(
        'invalid-parameter',
        'share: the rows of the search lie in a shared folder or bucket, which its workers must be given, too',
      );
    }
    const bytes = await store.get(hash);
    if (bytes) return readData(bytes, hash);
    if (!isShared) throw new MissingRows();
    throw new ChurnError(
      'invalid-parameter',
      `share: ${store.name} has no rows ${hash}; expected what the search was given`,
    );
  }
}
