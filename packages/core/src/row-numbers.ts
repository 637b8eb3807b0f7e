import { ChurnError } from './error.js';

/**
 * Refuses rows that are not there.
 * @throws `invalid-parameter` unless all of `rows` are whole numbers from 0 to below `nRows`, naming the first that is not.
 */
export function requireRows(rows: ArrayLike<number>, nRows: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    if (typeof row === 'number' && row >= 0 && row < nRows && Number.isInteger(row)) continue;
    const expected = nRows > 0 ? `whole numbers from 0 to ${nRows - 1}` : 'none, as there are no rows';
    const hint = typeof row === 'boolean' ? '; filter takes a mask' : '';
    throw new ChurnError(
      'invalid-parameter',
      `rows: expected ${expected}, got ${String(row)} at place ${i}${hint}`,
    );
  }
}

/** Which rows are wanted: a truth value a row, or a function that tells it of each. */
export type RowFilter<Row> = ArrayLike<boolean> | ((row: Row, index: number) => boolean);

/**
 * The rows that a filter lets through.
 * @throws `invalid-parameter` for a mask of another length, or that holds anything but truth values.
 */
export function filteredRows<Row>(
  filter: RowFilter<Row>,
  nRows: number,
  rowAt: (index: number) => Row,
): Int32Array {
  const kept: number[] = [];
  if (typeof filter !== 'function') requireMask(filter, nRows);
  for (let row = 0; row < nRows; row++) {
    if (typeof filter === 'function' ? filter(rowAt(row), row) : filter[row]) kept.push(row);
  }
  return Int32Array.from(kept);
}

function requireMask(mask: ArrayLike<unknown>, nRows: number): void {
  if (mask.length !== nRows) {
    throw new ChurnError(
      'invalid-parameter',
      `filter: expected a truth value for each of ${nRows} rows, got ${mask.length}`,
    );
  }
  const place = Array.from(mask).findIndex((value) => typeof value !== 'boolean');
  if (place < 0) return;
  throw new ChurnError(
    'invalid-parameter',
    `filter: expected truth values, got ${String(mask[place])} at place ${place}; take takes row numbers`,
  );
}
