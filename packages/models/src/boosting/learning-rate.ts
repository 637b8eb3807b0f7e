import { exp, log } from '@churn/core';

// Placeholder figures.
const RATE = 0.1;

/** The learning rate for rows and rounds. */
export function learningRateFor(nRows: number, nRounds: number | null): number {
  if (nRounds === null) return RATE;
  const budget = exp(0.5 * log(nRows) - 1.5);
  return Math.min(0.3, Math.max(0.01, budget / nRounds));
}
