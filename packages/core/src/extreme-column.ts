import { cellAt } from './column.js';
import type { Table } from './table.js';

/**
 * The column among `names` most likely to blame if a row has no output: the one with the row's largest absolute value or, without
 * numbers, its first missing value. `shown` is the value, and `size` its absolute value, or -1.
 */
export function extremeColumn(
  x: Table,
  names: readonly string[],
  row: number,
): { readonly column?: string; readonly shown: string; readonly size: number } {
  let largest = -1;
  let found: { column?: string; shown: string } = { shown: 'such a row' };
  for (const column of names) {
    if (!x.has(column)) continue;
    const value = cellAt(x.column(column), row);
    if (value === null && found.column === undefined) found = { column, shown: 'a missing value' };
    if (typeof value !== 'number' || !(Math.abs(value) > largest)) continue;
    largest = Math.abs(value);
    found = { column, shown: String(value) };
  }
  return { ...found, size: largest };
}
