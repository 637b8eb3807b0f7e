import { z } from 'zod';

/** A name of a column, as readers know it: without spaces around it, in one form of Unicode. */
export const columnName = z
  .string()
  .min(1)
  .transform((text) => text.trim().normalize('NFC'));
