import type { ClassProbabilities } from './classifier.js';
import { ChurnError } from './error.js';
import { extremeRowsError } from './extreme-rows-error.js';
import type { Table } from './table.js';

/**
 * The probabilities of a classifier for the rows of `x`, checked to be valid: the last step of every `predictProba`, so that an overflow
 * inside a model never passes for a prediction.
 *
 * @param features the columns of `x` that the classifier uses.
 * @param probabilities one array per class, with one number per row.
 * @throws `invalid-data` if there are fewer than two arrays, or if one is not a number from 0 to 1, with a fault for each such row that
 * names the column of its most extreme value.
 */
export function checkedProbabilities(
  x: Table,
  features: readonly string[],
  probabilities: Float64Array[],
): ClassProbabilities {
  requireClasses(probabilities);
  if (probabilities.every(areProbabilities)) return probabilities;
  const amissAt = (row: number) => probabilities.find((column) => !isProbability(column[row]))?.[row];
  throw extremeRowsError(x, features, 'probability', amissAt);
}

function requireClasses(probabilities: Float64Array[]): asserts probabilities is ClassProbabilities {
  if (probabilities.length < 2)
    throw new ChurnError(
      'invalid-data',
      `expected probabilities of two or more classes, got ${probabilities.length}`,
    );
}

function areProbabilities(values: Float64Array): boolean {
  let row = 0;
  while (row < values.length && values[row] >= 0 && values[row] <= 1) row++;
  return row === values.length;
}

function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}
