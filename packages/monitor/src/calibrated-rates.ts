import { isotonicRegression, isotonicValues } from '@churn/models';

/**
 * The probability of the class in each cell: its share in the reference, made monotone in the score by isotonic regression. Cells without
 * reference rows are interpolated.
 */
export function calibratedRates(positives: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const cells = Float64Array.from({ length: rows.length }, (_, cell) => cell);
  const shares = cells.map((cell) => (rows[cell] > 0 ? positives[cell] / rows[cell] : 0));
  return isotonicValues(isotonicRegression(cells, shares, rows), cells);
}
