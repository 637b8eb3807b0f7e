import { isotonicRegression, isotonicValues } from '@churn/models';

/**
 * How probable it is in each cell that a row is of the class: the shares of the reference, made to rise with the score by isotonic regression. A
 * cell in which the reference has no rows lies between its neighbours.
 */
export function calibratedRates(positives: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const cells = Float64Array.from({ length: rows.length }, (_, cell) => cell);
  const shares = cells.map((cell) => (rows[cell] > 0 ? positives[cell] / rows[cell] : 0));
  return isotonicValues(isotonicRegression(cells, shares, rows), cells);
}
