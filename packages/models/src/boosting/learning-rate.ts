import { exp, log } from '@churn/core';

/** With less than this many rows rounds are few, and small steps tell better where to stop. */
const FEW_ROWS = 2000;

/**
 * A learning rate that suits rows and rounds. Where rounds are found by early stopping, more of smaller ones lower the loss no further.
 * Of a given number, the rate is what brings them where the loss was least on some thirty data sets: rounds times rate grow about as
 * `0.2 n^0.55` with n rows.
 *
 * @param nRounds `null` where they are to be found.
 */
export function learningRateFor(nRows: number, nRounds: number | null): number {
  if (nRounds === null) return nRows < FEW_ROWS ? 0.05 : 0.1;
  return Math.min(0.3, Math.max(0.01, (0.2 * exp(0.55 * log(nRows))) / nRounds));
}
