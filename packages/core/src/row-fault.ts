import { ChurnError } from './error.js';

/** A row that a fitted part cannot work with. */
export interface RowFault {
  /** The row, counted from 0. */
  readonly row: number;
  /** The column at fault, where it is known. */
  readonly column?: string;
  /** What was expected, and what came. */
  readonly detail: string;
}

/**
 * The error for rows that cannot be worked with: `invalid-data`, whose message tells the first fault and whose `faults` hold all of
 * them, a row at most once.
 */
export function rowFaultError(faults: readonly RowFault[], options?: ErrorOptions): ChurnError {
  const [{ row, column, detail }] = faults;
  const where = column === undefined ? `row ${row}` : `column "${column}", row ${row}`;
  const more = faults.length > 1 ? `; ${faults.length} rows in all` : '';
  return new ChurnError('invalid-data', `${where}: ${detail}${more}`, { ...options, faults });
}

/**
 * The values of a numeric column, all of which pass `check`.
 * @throws `invalid-data` where some do not, with a fault for each.
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
