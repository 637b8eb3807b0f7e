import { exp, log } from '@churn/core';

/** From this many rows on, smaller steps are not worth the time. */
const MANY_ROWS = 20_000;

/**
 * A learning rate suited to the numbers of rows and rounds. If rounds are found by early stopping, more and smaller steps lower the loss by
 * about a percent, and even smaller ones not at all. For a given number of rounds, the rate is the one that minimised the loss on about
 * thirty data sets: rounds times rate grow about as `0.2 n^0.55` with n rows.
 *
 * @param nRounds `null` if they are to be found.
 */
export function learningRateFor(nRows: number, nRounds: number | null): number {
  if (nRounds === null) return nRows < MANY_ROWS ? 0.05 : 0.1;
  return Math.min(0.3, Math.max(0.01, (0.2 * exp(0.55 * log(nRows))) / nRounds));
}
