import { z } from 'zod';

/** What learns whom a treatment changes; ones that are unlike each other first. */
const UPLIFT_LEARNERS = [
  'uplift_forest',
  'x_learner_boosting',
  't_learner_logistic',
  'dr_learner',
  's_learner_boosting',
  't_learner_boosting',
] as const;

export type UpliftLearnerName = (typeof UPLIFT_LEARNERS)[number];

/** What is said of models of uplift. */
export const uplift = z
  .strictObject({
    /** The learners that are compared, in this order while there is time; without it the preset tells them. */
    learners: z
      .array(z.enum(UPLIFT_LEARNERS))
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'expected different learners')
      .optional(),
  })
  .optional();

/** Without a treatment there is nothing to learn. */
export function upliftFaults({
  uplift,
  data,
}: {
  readonly uplift?: object | undefined;
  readonly data: { readonly treatment?: object | undefined };
}) {
  if (!uplift || data.treatment) return [];
  return [{ path: ['uplift'], message: 'expected data.treatment with the column of treated rows, got none' }];
}
