import type { Target } from '@churn/core';

/** Of fewer rows, new or of the reference, no test can tell that nothing has drifted. */
export const FEWEST_ROWS = 30;
const FEWEST_LABELLED = 20;
/** Of each class; of times, of those with the event. */
const FEWEST_OF_CLASS = 5;

/** Whether labelled rows are enough, all in all and of each class, to tell how good the model is. */
export function areEnough(y: Target): boolean {
  if (y.length < FEWEST_LABELLED) return false;
  if (y.kind === 'values') return true;
  if (y.kind === 'classes') return y.counts().every((count) => count >= FEWEST_OF_CLASS);
  return y.events.reduce((sum, event) => sum + event, 0) >= FEWEST_OF_CLASS;
}
