import { z } from 'zod';
import { columnName } from './column-name.js';
import { seconds } from './seconds.js';

const name = z.string().min(1);

/** What `serve` keeps of the rows that it scores, and where. */
const log = z
  .strictObject({
    folder: name,
    format: z.enum(['jsonl', 'parquet']).default('jsonl'),
    /** Those of a row that are kept. */
    columns: z
      .union([z.enum(['all', 'none']), z.array(columnName)], 'expected all, none or a list of columns')
      .default('all'),
    /** Those of which a hash is kept instead of the value. */
    hashed: z.array(columnName).default([]),
    /** The environment variable with what the hashes are keyed by: a secret, and so not in a file. */
    saltEnv: name.optional(),
    /** When a file is finished and another begun. */
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

/** Of which rows a service tells the drift: those of a time, or the last so many; false of none. */
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

/** The keys of `monitoring` that are about a service. */
export const liveMonitoring = { log: log.optional(), live };

export type PredictionLogConfig = z.infer<typeof log>;

/** The log that a configuration and an option tell of; what neither tells has its default. */
export function predictionLogOf(
  given: PredictionLogConfig | undefined,
  folder = given?.folder,
): PredictionLogConfig | undefined {
  if (folder === undefined) return undefined;
  return { ...(given ?? log.parse({ folder })), folder };
}
