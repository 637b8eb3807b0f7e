import { type ScorerName, scorers } from '@churn/selection';
import { z } from 'zod';
import type { TaskName } from './target.js';

const all = Object.keys(scorers) as ScorerName[];

/** The scorers of each task: those of amounts or durations have nothing to say of classes, nor the others of values. */
export const scorersOf: Readonly<Record<TaskName, readonly ScorerName[]>> = {
  classes: all.filter((each) => !['amounts', 'risk'].includes(scorers[each].needs)),
  value: all.filter((each) => scorers[each].needs === 'amounts'),
};

/** What decides where the configuration does not say. */
export const usualScoring: Readonly<Record<TaskName, ScorerName>> = { classes: 'rocAuc', value: 'r2' };

/** The name of a scorer. */
export const scorer = z.enum(all);
