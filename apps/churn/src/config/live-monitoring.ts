import { z } from 'zod';
import { columnName } from './column-name.js';
import { seconds } from './seconds.js';

const name = z.string().min(1);

/** The log of scored rows that `serve` keeps. */
const log = z
  .strictObject({
    folder: name,
    format: z.enum(['jsonl', 'parquet']).default('jsonl'),
    /** The columns that are logged. */
    columns: z
      .union([z.enum(['all', 'none']), z.array(columnName)], 'expected all, none or a list of columns')
      .default('all'),
    /** The columns that are logged as a hash. */
    hashed: z.array(columnName).default([]),
    /** The environment variable with the salt of the hashes: a secret, so not in a file. */
    saltEnv: name.optional(),
    /** When a new file starts. */
    rotate: z
      .strictObject({
        rows: z.int().min(1).default(100_000),
        bytes: z
          .int()
          .min(1)
          .default(64 * 2 ** 20),
        age: seconds.default(3600),
      })
      .prefault({}),
  })
  .refine(({ hashed, saltEnv }) => hashed.length === 0 || saltEnv !== undefined, {
    path: ['saltEnv'],
    message: 'expected the name of the environment variable with the salt of `hashed`',
  });

/** The window of rows for drift monitoring by a service: a duration or a number of rows; false for none. */
const live = z
  .union(
    [
      z.literal(false),
      z.strictObject({
        window: z
          .union(
            [seconds.transform((given) => ({ seconds: given })), z.strictObject({ rows: z.int().min(100) })],
            'expected a duration such as 24h, or rows: with a number of at least 100',
          )
          .prefault('24h'),
      }),
    ],
    'expected false, or window: with a duration such as 24h or with rows:',
  )
  .prefault({});

/** The keys of `monitoring` for a service. */
export const liveMonitoring = { log: log.optional(), live };

export type PredictionLogConfig = z.infer<typeof log>;

/** The log as specified by a configuration and an option, with defaults. */
export function predictionLogOf(
  given: PredictionLogConfig | undefined,
  folder = given?.folder,
): PredictionLogConfig | undefined {
  if (folder === undefined) return undefined;
  return { ...(given ?? log.parse({ folder })), folder };
}
