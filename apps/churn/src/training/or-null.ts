import { ChurnError } from '@churn/core';

/** The result of a metric; `null` if it cannot be computed, for example since no row was observed for so long, or some entered late. */
export function orNull<T>(measure: () => T): T | null {
  try {
    return measure();
  } catch (error) {
    if (ChurnError.is(error)) return null;
    throw error;
  }
}
