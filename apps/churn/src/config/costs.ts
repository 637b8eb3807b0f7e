import { z } from 'zod';

/** What right and wrong calls cost or, where negative, bring. */
export const costs = z.strictObject({
  falsePositive: z.number(),
  falseNegative: z.number(),
  truePositive: z.number().optional(),
  trueNegative: z.number().optional(),
});
