import { extremeColumn } from './extreme-column.js';
import { type RowFault, rowFaultError } from './row-fault.js';
import type { Table } from './table.js';

/**
 * The amounts that a regressor found for the rows of `x`, if they are finite: the last thing that `predict` does, so that an overflow
 * inside of a model never passes for a prediction.
 *
 * @param features the columns of `x` that the regressor looks at.
 * @param amounts one number per row.
 * @throws `invalid-data` where one is infinite or no number, with a fault for each such row that names the column of its most extreme
 *   value.
 */
export function checkedAmounts(x: Table, features: readonly string[], amounts: Float64Array): Float64Array {
  if (amounts.every(Number.isFinite)) return amounts;
  const faults: RowFault[] = [];
  amounts.forEach((amount, row) => {
    if (Number.isFinite(amount)) return;
    const { column, shown } = extremeColumn(x, features, row);
    const detail = `expected values that have a finite amount, got ${shown}, whose amount would be ${amount}`;
    faults.push({ row, ...(column !== undefined && { column }), detail });
  });
  throw rowFaultError(faults);
}
