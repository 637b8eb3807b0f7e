import { z } from 'zod';
import { columnName } from './column-name.js';

/** One number for all customers, or the column that holds that of each. */
const amount = z.union([z.number(), columnName], 'expected a number, or the name of a column');
const cost = z.union(
  [z.number().min(0), columnName],
  'expected a number of at least 0, or the name of a column',
);
const aboveZero = z.number().gt(0);

/** What a retention campaign brings and costs, all in one currency. */
export const economics = z.strictObject({
  /** What a customer who is kept is worth. */
  value: amount,
  /** The cost of contacting a customer. */
  contact: cost.default(0),
  /** What the offer costs if it is taken: by churners who accept it, and by all others who are contacted. */
  offer: cost.default(0),
  /** The share of contacted churners who accept the offer and stay. */
  acceptance: z.union(
    [z.number().min(0).max(1), columnName, z.strictObject({ alpha: aboveZero, beta: aboveZero })],
    'expected a number from 0 to 1, the name of a column, or { alpha, beta } of a beta distribution',
  ),
});

export type EconomicsConfig = z.infer<typeof economics>;

/** The currency of all money, as ISO 4217 names it. */
export const currency = z.string().refine((code) => /^[A-Z]{3}$/.test(code), {
  error: ({ input }) => `expected a currency such as EUR or USD, got ${JSON.stringify(input)}`,
});
