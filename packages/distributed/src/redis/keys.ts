import type { Build } from '../build.js';

/** The keys of one project in Redis: all begin with its prefix. */
export interface Keys {
  readonly prefix: string;
  /** The queue of a build: workers of another never see its jobs. */
  queue(build: Build): string;
  data(hash: string): string;
  result(key: string): string;
  /** Of those that are there at the moment. */
  register(kind: 'workers' | 'searches'): string;
  /** The channel on which it is told that tasks are done and searches closed. */
  readonly channel: string;
}

export function keysOf(prefix: string): Keys {
  return {
    prefix,
    queue: ({ hash }) => `pieces-${hash.slice(0, 16)}`,
    data: (hash) => `${prefix}:data:${hash}`,
    result: (key) => `${prefix}:result:${key}`,
    register: (kind) => `${prefix}:${kind}`,
    channel: `${prefix}:news`,
  };
}

/** What is told on the channel. */
export type News = { readonly done: string } | { readonly closed: string };

/** What is told, or nothing if it is nothing of ours. */
export function readNews(text: string): News | undefined {
  try {
    const news = JSON.parse(text);
    return 'done' in news || 'closed' in news ? news : undefined;
  } catch {
    return undefined;
  }
}

/** For how long data and results stay after their last use, in seconds: a week. */
export const KEPT_SECONDS = 7 * 24 * 60 * 60;
