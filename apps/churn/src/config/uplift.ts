import { z } from 'zod';

/** The uplift learners, ordered so that early ones differ most. */
const UPLIFT_LEARNERS = [
  'uplift_forest',
  'x_learner_boosting',
  't_learner_logistic',
  'dr_learner',
  's_learner_boosting',
  't_learner_boosting',
] as const;

export type UpliftLearnerName = (typeof UPLIFT_LEARNERS)[number];

/** The uplift settings. */
export const uplift = z
  .strictObject({
    /** The learners to compare, in this order until time runs out; by default those of the preset. */
    learners: z
      .array(z.enum(UPLIFT_LEARNERS))
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'expected different learners')
      .optional(),
  })
  .optional();

/** The errors of uplift settings: they require a treatment. */
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
