import { type ScorerName, type ScorerNeeds, scorers } from '@churn/selection';
import { z } from 'zod';
import type { TaskName } from './target.js';

const all = Object.keys(scorers) as ScorerName[];

const TASKS: Readonly<Record<ScorerNeeds, TaskName>> = {
  ...{ order: 'classes', probabilities: 'classes', labels: 'classes' },
  ...{ amounts: 'value', risk: 'survival', survival: 'survival' },
};

/** What a scorer is about: those of amounts or durations have nothing to say of classes, nor the others of these. */
export function taskOfScorer(name: ScorerName): TaskName {
  return TASKS[scorers[name].needs];
}

/** The scorers of each task. */
export const scorersOf: Readonly<Record<TaskName, readonly ScorerName[]>> = {
  classes: all.filter((each) => taskOfScorer(each) === 'classes'),
  value: all.filter((each) => taskOfScorer(each) === 'value'),
  survival: all.filter((each) => taskOfScorer(each) === 'survival'),
};

/** What decides where the configuration does not say. */
export const usualScoring: Readonly<Record<TaskName, ScorerName>> = {
  classes: 'rocAuc',
  value: 'r2',
  survival: 'concordance',
};

/** The name of a scorer. */
export const scorer = z.enum(all);
