import { z } from 'zod';
import { byName } from './by-name.js';
import { columnName } from './column-name.js';

/** What may change of a row that is to be decided otherwise. */
export const explaining = z
  .strictObject({
    /** Columns that cannot change. */
    fixed: z.array(columnName).default([]),
    /** Columns of numbers that can only rise or fall. */
    monotone: byName(z.string().min(1), z.enum(['up', 'down'])).default({}),
  })
  .prefault({});

export type ExplainingConfig = z.infer<typeof explaining>;
