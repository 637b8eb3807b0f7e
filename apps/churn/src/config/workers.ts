import { z } from 'zod';
import { isRedisAddress } from './redis-address.js';

/** An address of Redis, such as redis://host:6379. */
function redisAddress() {
  return z.string().refine(isRedisAddress, {
    error: 'expected the address of Redis, such as redis://host:6379',
  });
}

const path = z.string().min(1);
const count = z.int().min(1);

/** What works on a search: threads of this process, workers at a Redis server, or processes that see the same folder. */
export const workers = z
  .union(
    [
      count,
      redisAddress().transform((redis) => ({ redis })),
      z.strictObject({
        redis: redisAddress(),
        /** For the rows: a folder that all machines see, or a bucket such as s3://bucket/prefix. */
        share: path.optional(),
      }),
      z.strictObject({
        folder: path,
        /** Which of `shards` processes this is, by whose number pieces are begun with. */
        shard: z.int().min(0).default(1),
        shards: count.default(1),
        threads: count.optional(),
        /** Whether the processes see no common folder, and each does a fixed share. */
        apart: z.boolean().default(false),
      }),
    ],
    {
      error:
        'expected an integer of threads from 1, an address such as redis://host:6379, or one of redis (with share) and folder',
    },
  )
  .optional();

export type Workers = NonNullable<z.infer<typeof workers>>;
/** Processes that see the same folder. */
export type FolderWorkers = Extract<Workers, { readonly folder: string }>;
