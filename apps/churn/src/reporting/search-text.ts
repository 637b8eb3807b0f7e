import { durationText } from '../config/duration.js';
import type { TrainingReport } from '../training/training-report.js';

/** How the best model was chosen. */
export function choiceText({ search: { scoring } }: Pick<TrainingReport, 'search'>): string {
  const [scorer] = scoring;
  return scorer === 'logLoss'
    ? 'The best model is the one of the least cross-validated log loss.'
    : `The best model is the one of the least cross-validated log loss among those whose ${scorer} is within one standard error of the best.`;
}

/** What was tried, in how many folds and how long, and what ended it. */
export function searchText({ search }: Pick<TrainingReport, 'search'>): string {
  const { candidates, folds, fits, seconds, preset, timeLimit, endedBy, unfinished } = search;
  const found = preset ? `, preset ${preset}` : '';
  const limit = timeLimit === null ? '' : ` of at most ${durationText(timeLimit)} for all`;
  const end =
    endedBy === null
      ? timeLimit === null
        ? ''
        : '; the time did not run out'
      : `; ${unfinished} more were not tried, since ${endedBy === 'time' ? 'the time ran out' : 'the search was interrupted'}`;
  return `${candidates} candidates${found}, ${folds} folds, ${fits} fits in ${seconds.toFixed(1)} s${limit}${end}`;
}
