import type { Build } from '../build.js';

/** The Redis keys of a project, all of which start with its prefix. */
export interface Keys {
  readonly prefix: string;
  /** The queue of a build: workers with other builds never see its jobs. */
  queue(build: Build): string;
  data(hash: string): string;
  result(key: string): string;
  /** The key of a `Register`. */
  register(kind: 'workers' | 'searches'): string;
  /** The channel that announces finished tasks and closed searches. */
  readonly channel: string;
}

export function keysOf(prefix: string): Keys {
  return {
    prefix,
    queue: ({ hash }) => `pieces-${hash.slice(0, 16)}`,
    data: (hash) => `${prefix}:data:${hash}`,
    result: (key) => `${prefix}:result:${key}`,
    register: (kind) => `${prefix}:${kind}`,
    channel: `${prefix}:events`,
  };
}

/** An event on the channel. */
export type ChannelEvent = { readonly done: string } | { readonly closed: string };

/** Parses an event; `undefined` if it is not one of ours. */
export function readEvent(text: string): ChannelEvent | undefined {
  try {
    const event = JSON.parse(text);
    return 'done' in event || 'closed' in event ? event : undefined;
  } catch {
    return undefined;
  }
}

/** How long data and results are kept after their last use: a week, in seconds. */
export const RETENTION_SECONDS = 7 * 24 * 60 * 60;
