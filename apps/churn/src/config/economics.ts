import { z } from 'zod';
import { columnName } from './column-name.js';

/** A number for all customers, or the column with one per customer. */
const amount = z.union([z.number(), columnName], 'expected a number, or the name of a column');
const cost = z.union(
  [z.number().min(0), columnName],
  'expected a number of at least 0, or the name of a column',
);
const aboveZero = z.number().gt(0);

/** The economics of a retention campaign, all in one currency. */
export const economics = z.strictObject({
  /** The value of a customer who is kept. */
  value: amount,
  /** The cost of contacting a customer. */
  contact: cost.default(0),
  /** The cost of an accepted offer: by churners who accept it, and by all other contacted customers. */
  offer: cost.default(0),
  /** The share of contacted churners who accept the offer and stay. */
  acceptance: z.union(
    [z.number().min(0).max(1), columnName, z.strictObject({ alpha: aboveZero, beta: aboveZero })],
    'expected a number from 0 to 1, the name of a column, or { alpha, beta } of a beta distribution',
  ),
});

export type EconomicsConfig = z.infer<typeof economics>;

/** The currency of all amounts, as its ISO 4217 code. */
export const currency = z.string().refine((code) => /^[A-Z]{3}$/.test(code), {
  error: ({ input }) => `expected a currency such as EUR or USD, got ${JSON.stringify(input)}`,
});
