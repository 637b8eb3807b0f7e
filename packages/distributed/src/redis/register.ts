import type { Redis } from 'ioredis';

/** After how long without a sign of life something counts as gone, in seconds. */
const LIFE_SECONDS = 10;

/** Who is there: each says so again and again, and is forgotten when it does not. Values are plain JSON. */
export class Register<T> {
  /** @param key of the set of names, and the beginning of the keys of values. */
  constructor(
    readonly redis: Redis,
    readonly key: string,
  ) {}

  async announce(name: string, value: T): Promise<void> {
    await this.redis
      .multi()
      .sadd(this.key, name)
      .set(this.#keyOf(name), JSON.stringify(value), 'EX', LIFE_SECONDS)
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

/** What a worker says of itself. */
export interface WorkerEntry {
  readonly host: string;
  readonly pid: number;
  readonly threads: number;
  readonly build: { readonly version: string; readonly hash: string };
}

/** What a search says of itself. */
export type SearchEntry = Omit<WorkerEntry, 'threads'>;
