import { z } from 'zod';

/** A column name as returned by readers: trimmed, in Unicode normal form. */
export const columnName = z
  .string()
  .min(1)
  .transform((text) => text.trim().normalize('NFC'));
