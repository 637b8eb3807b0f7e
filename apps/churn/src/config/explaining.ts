import { z } from 'zod';
import { byName } from './by-name.js';
import { columnName } from './column-name.js';

/** The allowed changes of counterfactuals. */
export const explaining = z
  .strictObject({
    /** Columns that cannot change. */
    fixed: z.array(columnName).default([]),
    /** Numeric columns that can only increase or decrease. */
    monotone: byName(z.string().min(1), z.enum(['up', 'down'])).default({}),
  })
  .prefault({});

export type ExplainingConfig = z.infer<typeof explaining>;
