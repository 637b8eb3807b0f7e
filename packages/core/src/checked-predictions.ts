import { extremeRowsError } from './extreme-rows-error.js';
import { allFinite } from './infinite.js';
import type { Table } from './table.js';

/**
 * The predictions of a regressor for the rows of `x`, checked to be finite: the last step of a `predict` whose numbers can overflow.
 *
 * @param features the columns of `x` that the regressor uses.
 * @throws `invalid-data` if one is not finite, with a fault for each such row that names the column of its most extreme value.
 */
export function checkedPredictions(
  x: Table,
  features: readonly string[],
  amounts: Float64Array,
): Float64Array {
  if (allFinite(amounts)) return amounts;
  const amissAt = (row: number) => (Number.isFinite(amounts[row]) ? undefined : amounts[row]);
  throw extremeRowsError(x, features, 'prediction', amissAt);
}
