/** One of several jobs that share a list of pieces. */
export interface Shard {
  /** Which it is, counted from 0 or from 1: that of `count` is that of 0. */
  readonly place: number;
  /** How many there are. */
  readonly count: number;
}

/** The shard that a text such as `3/16` tells; `undefined` if it tells none. */
export function parseShard(text: string): Shard | undefined {
  const [, place, count] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number);
  return count >= 1 && place <= count ? { place, count } : undefined;
}

/** The pieces of a shard: every `count`-th, from the place of the shard on. All shards together have each piece once. */
export function ofShard<T>(pieces: readonly T[], { place, count }: Shard): T[] {
  return pieces.filter((_, i) => i % count === place % count);
}
