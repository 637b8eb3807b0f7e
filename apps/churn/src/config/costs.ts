import { z } from 'zod';

/** The cost of each outcome; negative costs are gains. */
export const costs = z.strictObject({
  falsePositive: z.number(),
  falseNegative: z.number(),
  truePositive: z.number().optional(),
  trueNegative: z.number().optional(),
});
