import { scorers } from '@churn/selection';
import { durationText } from '../config/duration.js';
import { taskOfScorer } from '../config/scorer.js';
import type { CommonReport } from '../training/training-report.js';

/** Describes how the best model was chosen. */
export function choiceText({ search: { scoring } }: Pick<CommonReport, 'search'>): string {
  const [scorer] = scoring;
  const { greaterIsBetter } = scorers[scorer];
  if (taskOfScorer(scorer) !== 'classes')
    return `The best model has the ${greaterIsBetter ? 'highest' : 'lowest'} cross-validated ${scorer}.`;
  return scorer === 'logLoss'
    ? 'The best model has the lowest cross-validated log loss.'
    : `The best model has the lowest cross-validated log loss of those whose ${scorer} is within one standard error of the highest.`;
}

/** Describes the search: candidates, folds, time, and why it ended. */
export function searchText({ search }: Pick<CommonReport, 'search'>): string {
  const { candidates, folds, fits, seconds, preset, timeLimit, leftOut } = search;
  const limit = timeLimit === null ? '' : ` (time limit for the whole training: ${durationText(timeLimit)})`;
  const tried = `${candidates} candidates${preset ? `, preset ${preset}` : ''}, ${folds} folds, ${fits} fits in ${seconds.toFixed(1)} s${limit}`;
  const slow = leftOut.length > 0 ? `there was no time to fit ${leftOut.join(', ')} for the ensemble` : '';
  return [tried, endText(search), slow].filter(Boolean).join('; ');
}

function endText({ endedBy, unfinished, leftOut, timeLimit }: CommonReport['search']): string {
  if (endedBy === null) return timeLimit === null || leftOut.length > 0 ? '' : 'finished in time';
  const why = endedBy === 'time' ? 'time ran out' : 'the search was interrupted';
  return `${unfinished} others were not tried, since ${why}`;
}
