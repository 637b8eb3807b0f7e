import { exp, log } from '@churn/core';

/** From this many rows on, smaller steps take longer than what they gain is worth. */
const MANY_ROWS = 20_000;

/**
 * A learning rate that suits rows and rounds. Where rounds are found by early stopping, more and smaller ones lower the loss by a
 * percent, and ever smaller ones by nothing. Of a given number, the rate is what brings them where the loss was least on some thirty data
 * sets: rounds times rate grow about as `0.2 n^0.55` with n rows.
 *
 * @param nRounds `null` if they are to be found.
 */
export function learningRateFor(nRows: number, nRounds: number | null): number {
  if (nRounds === null) return nRows < MANY_ROWS ? 0.05 : 0.1;
  return Math.min(0.3, Math.max(0.01, (0.2 * exp(0.55 * log(nRows))) / nRounds));
}
