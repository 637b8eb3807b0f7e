import type { Target } from '@churn/core';

/** The minimum number of rows, new and of the reference, for tests to support the absence of drift. */
export const MIN_ROWS = 30;
const MIN_LABELLED = 20;
/** The minimum per class; for survival, of rows with the event. */
const MIN_OF_CLASS = 5;

/** Whether there are enough labelled rows, in total and per class, to evaluate the model. */
export function areEnough(y: Target): boolean {
  if (y.length < MIN_LABELLED) return false;
  if (y.kind === 'values') return true;
  if (y.kind === 'classes') return y.counts().every((count) => count >= MIN_OF_CLASS);
  return y.events.reduce((sum, event) => sum + event, 0) >= MIN_OF_CLASS;
}
