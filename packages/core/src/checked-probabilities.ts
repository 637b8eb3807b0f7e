import { extremeRowsError } from './extreme-rows-error.js';
import type { Table } from './table.js';

/**
 * The probabilities that a classifier found for the rows of `x`, if they are probabilities: the last thing that every `predictProba`
 * does, so that an overflow inside of a model never passes for a prediction.
 *
 * @param features the columns of `x` that the classifier looks at.
 * @param probabilities one array per class, with one number per row.
 * @throws `invalid-data` where one is not a number from 0 to 1, with a fault for each such row that names the column of its most
 *   extreme value.
 */
export function checkedProbabilities(
  x: Table,
  features: readonly string[],
  probabilities: Float64Array[],
): Float64Array[] {
  if (probabilities.every(areProbabilities)) return probabilities;
  const amissAt = (row: number) => probabilities.find((column) => !isProbability(column[row]))?.[row];
  throw extremeRowsError(x, features, 'probability', amissAt);
}

function areProbabilities(values: Float64Array): boolean {
  let row = 0;
  while (row < values.length && values[row] >= 0 && values[row] <= 1) row++;
  return row === values.length;
}

function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}
