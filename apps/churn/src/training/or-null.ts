import { ChurnError } from '@churn/core';

/** What rows tell; `null` if they do not, since none was observed for so long, say, or some came under observation late. */
export function orNull<T>(measure: () => T): T | null {
  try {
    return measure();
  } catch (error) {
    if (ChurnError.is(error)) return null;
    throw error;
  }
}
