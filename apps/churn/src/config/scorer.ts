import { type ScorerName, scorers } from '@churn/selection';
import { z } from 'zod';

/** Those of amounts and durations have nothing to say of classes. */
const names = (Object.keys(scorers) as ScorerName[]).filter((each) => {
  const { needs } = scorers[each];
  return needs !== 'amounts' && needs !== 'risk';
});

/** The name of a scorer of classes. */
export const scorer = z.enum(names);
