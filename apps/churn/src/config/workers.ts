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

/** The workers of a search: threads of this process, workers that use the same Redis, or processes that share a folder. */
export const workers = z
  .union(
    [
      count,
      redisAddress().transform((redis) => ({ redis })),
      z.strictObject({
        redis: redisAddress(),
        /** For the rows: a folder shared by all machines, or a bucket such as s3://bucket/prefix. */
        share: path.optional(),
      }),
      z.strictObject({
        folder: path,
        /** The number of this process among `shards`; it determines the tasks that it starts with. */
        shard: z.int().min(0).default(1),
        shards: count.default(1),
        threads: count.optional(),
        /** Whether there is no shared folder, so that each process does a fixed share. */
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
/** Processes that share a folder. */
export type FolderWorkers = Extract<Workers, { readonly folder: string }>;
