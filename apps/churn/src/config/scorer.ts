import { type ScorerName, type ScorerNeeds, scorers } from '@churn/selection';
import { z } from 'zod';
import type { TaskName } from './target.js';

const all = Object.keys(scorers) as ScorerName[];

const TASKS: Readonly<Record<ScorerNeeds, TaskName>> = {
  ...{ order: 'classes', probabilities: 'classes', labels: 'classes' },
  ...{ values: 'value', risk: 'survival', survival: 'survival' },
};

/** The task of a scorer: one for regression or survival does not apply to classification, and vice versa. */
export function taskOfScorer(name: ScorerName): TaskName {
  return TASKS[scorers[name].needs];
}

/** The scorers of each task. */
export const scorersOf: Readonly<Record<TaskName, readonly ScorerName[]>> = {
  classes: all.filter((each) => taskOfScorer(each) === 'classes'),
  value: all.filter((each) => taskOfScorer(each) === 'value'),
  survival: all.filter((each) => taskOfScorer(each) === 'survival'),
};

/** The default scorer of each task. */
export const usualScoring: Readonly<Record<TaskName, ScorerName>> = {
  classes: 'rocAuc',
  value: 'r2',
  survival: 'concordance',
};

/** The name of a scorer. */
export const scorer = z.enum(all);
