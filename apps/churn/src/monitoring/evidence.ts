import type { LabelledScores } from './labelled-scores.js';

/** Of fewer rows, new or of the reference, no test can tell that nothing has drifted. */
export const FEWEST_ROWS = 30;
const FEWEST_LABELLED = 20;
const FEWEST_OF_CLASS = 5;

/** Whether labelled rows are enough, all in all and of each class, to tell how good the model is. */
export function areEnough({ labels }: LabelledScores): boolean {
  return labels.length >= FEWEST_LABELLED && labels.counts().every((count) => count >= FEWEST_OF_CLASS);
}
