import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { ChurnError } from '@churn/core';
import type { Redis } from 'ioredis';
import { type Build, describeBuild } from '../build.js';
import { reasonOf } from '../reason-of.js';
import type { OnMessage } from './connect.js';
import type { Keys } from './keys.js';
import { Register, type SearchEntry, type WorkerEntry } from './register.js';

/** How often a worker announces itself. */
const ANNOUNCE_MS = 2000;

export interface PresenceOptions {
  readonly build: Build;
  readonly threads: number;
  readonly onMessage: OnMessage;
}

/** Announces a worker to searches, and detects searches with another build. */
export class Presence {
  readonly #name = randomUUID();
  readonly #workers: Register<WorkerEntry>;
  readonly #searches: Register<SearchEntry>;
  readonly #refused = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly redis: Redis,
    keys: Keys,
    readonly options: PresenceOptions,
  ) {
    this.#workers = new Register(redis, keys.register('workers'));
    this.#searches = new Register(redis, keys.register('searches'));
  }

  /** @throws `invalid-parameter` if all current searches have another build. */
  async begin(): Promise<void> {
    const { build } = this.options;
    const others = await this.#others();
    const all = await this.#searches.present();
    if (others.length > 0 && others.length === all.length) {
      throw new ChurnError(
        'invalid-parameter',
        `${refusal(others[0], build)}; use a worker of the same build`,
      );
    }
    await this.#announce();
    this.#timer = setInterval(() => void this.#refresh(), ANNOUNCE_MS);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    if (this.redis.status === 'ready') await this.#workers.leave(this.#name);
  }

  async #refresh(): Promise<void> {
    // A command sent while Redis is away would be executed late.
    if (this.redis.status !== 'ready') return;
    const { build, onMessage } = this.options;
    try {
      await this.#announce();
      for (const each of await this.#others()) {
        const name = `${each.host}:${each.pid}`;
        if (!this.#refused.has(name)) onMessage(refusal(each, build), 'warn');
        this.#refused.add(name);
      }
    } catch (error) {
      onMessage(reasonOf(error), 'debug');
    }
  }

  async #announce(): Promise<void> {
    const { threads, build } = this.options;
    await this.#workers.announce(this.#name, { host: hostname(), pid: process.pid, threads, build });
  }

  async #others(): Promise<SearchEntry[]> {
    const all = await this.#searches.present();
    return all.filter((each) => each.build.hash !== this.options.build.hash);
  }
}

function refusal({ host, pid, build: other }: SearchEntry, build: Build): string {
  return `refused by the search ${host}:${pid}: it has ${describeBuild(other)}, but this worker has ${describeBuild(build)}`;
}
