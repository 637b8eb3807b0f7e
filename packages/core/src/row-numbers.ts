import { ChurnError } from './error.js';

/**
 * Rejects row indices that are out of range.
 * @throws `invalid-parameter` unless all of `rows` are integers from 0 to `nRows - 1`, naming the first that is not.
 */
export function requireRows(rows: ArrayLike<number>, nRows: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    if (typeof row === 'number' && row >= 0 && row < nRows && Number.isInteger(row)) continue;
    const expected = nRows > 0 ? `integers from 0 to ${nRows - 1}` : 'none, as there are no rows';
    const hint = typeof row === 'boolean' ? '; use filter for a mask' : '';
    throw new ChurnError(
      'invalid-parameter',
      `rows: expected ${expected}, got ${String(row)} at index ${i}${hint}`,
    );
  }
}

/** A row filter: one boolean per row, or a predicate. */
export type RowFilter<Row> = ArrayLike<boolean> | ((row: Row, index: number) => boolean);

/**
 * The rows that pass a filter.
 * @throws `invalid-parameter` if a mask differs in length, or contains anything but booleans.
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
      `filter: expected one boolean for each of ${nRows} rows, got ${mask.length}`,
    );
  }
  const place = Array.from(mask).findIndex((value) => typeof value !== 'boolean');
  if (place < 0) return;
  throw new ChurnError(
    'invalid-parameter',
    `filter: expected booleans, got ${String(mask[place])} at place ${place}; use take for row numbers`,
  );
}
