import type { Redis } from 'ioredis';

/** How long an entry lasts without being announced again. */
const LIFETIME_SECONDS = 10;

/** A list of the processes that are alive: each announces itself repeatedly, or is dropped. Values are plain JSON. */
export class Register<T> {
  /** @param key of the set of names, and prefix of the keys of values. */
  constructor(
    readonly redis: Redis,
    readonly key: string,
  ) {}

  async announce(name: string, value: T): Promise<void> {
    await this.redis
      .multi()
      .sadd(this.key, name)
      .set(this.#keyOf(name), JSON.stringify(value), 'EX', LIFETIME_SECONDS)
      .exec();
  }

  async leave(name: string): Promise<void> {
    await this.redis.multi().srem(this.key, name).del(this.#keyOf(name)).exec();
  }

  async present(): Promise<T[]> {
    const names = await this.redis.smembers(this.key);
    if (names.length === 0) return [];
    const values = await this.redis.mget(names.map((name) => this.#keyOf(name)));
    const gone = names.filter((_, i) => values[i] === null);
    if (gone.length > 0) await this.redis.srem(this.key, ...gone);
    return values.flatMap((value) => (value === null ? [] : [JSON.parse(value)]));
  }

  #keyOf(name: string): string {
    return `${this.key}:${name}`;
  }
}

/** The entry of a worker. */
export interface WorkerEntry {
  readonly host: string;
  readonly pid: number;
  readonly threads: number;
  readonly build: { readonly version: string; readonly hash: string };
}

/** The entry of a search. */
export type SearchEntry = Omit<WorkerEntry, 'threads'>;
