import { type ScorerName, scorers } from '@churn/selection';
import { z } from 'zod';

/** Those of amounts have nothing to say of classes. */
const names = (Object.keys(scorers) as ScorerName[]).filter((each) => scorers[each].needs !== 'amounts');

/** The name of a scorer of classes. */
export const scorer = z.enum(names);
