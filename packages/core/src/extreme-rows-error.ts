import type { ChurnError } from './error.js';
import { extremeColumn } from './extreme-column.js';
import { type RowFault, rowFaultError } from './row-fault.js';
import type { Table } from './table.js';

/**
 * The error for rows for which a model has no output, with a fault for each that names the column of its most extreme value.
 *
 * @param features the columns of `x` that the model uses.
 * @param output the kind of output: `'probability'` or `'prediction'`.
 * @param amissAt the invalid output of a row, if it has one.
 */
export function extremeRowsError(
  x: Table,
  features: readonly string[],
  output: string,
  amissAt: (row: number) => number | undefined,
): ChurnError {
  const faults: RowFault[] = [];
  for (let row = 0; row < x.nRows; row++) {
    const amiss = amissAt(row);
    if (amiss === undefined) continue;
    const { column, shown } = extremeColumn(x, features, row);
    const detail = `expected values that have a ${output}, got ${shown}, whose ${output} would be ${amiss}`;
    faults.push({ row, column, detail });
  }
  return rowFaultError(faults);
}
