import { ChurnError } from './error.js';

/** A row that a fitted part cannot process. */
export interface RowFault {
  /** The row, counted from 0. */
  readonly row: number;
  /** The column at fault, if known. */
  readonly column?: string;
  /** What was expected, and what was received. */
  readonly detail: string;
}

/**
 * The error for rows that cannot be processed: `invalid-data`, with the first fault in its message and all of them in `faults`, at most
 * one per row.
 */
export function rowFaultError(faults: readonly RowFault[], options?: ErrorOptions): ChurnError {
  const [{ row, column, detail }] = faults;
  const where = column === undefined ? `row ${row}` : `column "${column}", row ${row}`;
  const more = faults.length > 1 ? `; ${faults.length} rows in all` : '';
  return new ChurnError('invalid-data', `${where}: ${detail}${more}`, { ...options, faults });
}

/**
 * The values of a numeric column, checked by `check`.
 * @throws `invalid-data` if some fail, with a fault for each.
 */
export function checkedValues(
  column: string,
  values: Float64Array,
  check: (value: number) => boolean,
  detail: (value: number) => string,
): Float64Array {
  if (values.every(check)) return values;
  const faults: RowFault[] = [];
  values.forEach((value, row) => {
    if (!check(value)) faults.push({ row, column, detail: detail(value) });
  });
  throw rowFaultError(faults);
}
