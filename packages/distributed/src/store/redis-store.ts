import type { Redis } from 'ioredis';
import { type Keys, RETENTION_SECONDS } from '../redis/keys.js';
import type { DataStore } from './data-store.js';

/** A Redis value holds at most 512 MB, and blocks other commands while it is sent. */
const PART_BYTES = 8 * 2 ** 20;
const PARTS = 'parts';

/** Stores data in Redis, in parts, until a week after its last use. */
export function redisStore(redis: Redis, keys: Keys): DataStore {
  return {
    name: 'Redis',
    async has(hash) {
      const key = keys.data(hash);
      await redis.expire(key, RETENTION_SECONDS);
      return (await redis.hexists(key, PARTS)) === 1;
    },
    async put(hash, bytes) {
      const key = keys.data(hash);
      const nParts = Math.ceil(bytes.length / PART_BYTES);
      for (let part = 0; part < nParts; part++) {
        const at = part * PART_BYTES;
        await redis.hset(key, String(part), Buffer.from(bytes.subarray(at, at + PART_BYTES)));
      }
      // Written last: without it, the data counts as incomplete.
      await redis.hset(key, PARTS, String(nParts));
      await redis.expire(key, RETENTION_SECONDS);
    },
    async get(hash) {
      const key = keys.data(hash);
      const nParts = await redis.hget(key, PARTS);
      if (nParts === null) return undefined;
      const parts: Buffer[] = [];
      for (let part = 0; part < Number(nParts); part++) {
        const bytes = await redis.hgetBuffer(key, String(part));
        if (!bytes) return undefined;
        parts.push(bytes);
      }
      return Buffer.concat(parts);
    },
  };
}
