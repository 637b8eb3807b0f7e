/** One of several jobs that share a list of items. */
export interface Shard {
  /** The number of the job, counted from 0 or from 1: `count` is equivalent to 0. */
  readonly place: number;
  /** The number of jobs. */
  readonly count: number;
}

/** Parses a shard such as `3/16`; `undefined` if the text is invalid. */
export function parseShard(text: string): Shard | undefined {
  const [, place, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  return count >= 1 && place <= count ? { place, count } : undefined;
}

/** The items of a shard: every `count`-th, starting with its number. All shards together have each item once. */
export function ofShard<T>(pieces: readonly T[], { place, count }: Shard): T[] {
  return pieces.filter((_, i) => i % count === place % count);
}
