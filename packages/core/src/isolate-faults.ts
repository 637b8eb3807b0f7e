import { ChurnError } from './error.js';
import type { RowFault } from './row-fault.js';
import type { Table } from './table.js';

/** The result for the valid rows, and why the others failed. */
export interface Isolated<T> {
  /** The valid rows, in order. */
  readonly rows: Int32Array;
  /** The result of `work` for these rows. */
  readonly result: T;
  /** One fault for each other row, in order. */
  readonly faults: readonly RowFault[];
}

/**
 * Runs `work` on a table without the rows that it fails on: one invalid row never costs the others their result.
 *
 * ```ts
 * const { rows, result, faults } = isolateFaults(x, (part) => model.predictProba(part));
 * ```
 *
 * @param work is run again, on fewer rows, if it throws. If its error does not say which rows are at fault, halves are tried.
 * @throws errors of `work` that are not about rows: any but `invalid-data`, and those thrown for an empty table.
 */
export function isolateFaults<T>(x: Table, work: (part: Table) => T): Isolated<T> {
  let rows = Int32Array.from({ length: x.nRows }, (_, row) => row);
  const faults: RowFault[] = [];
  for (;;) {
    const part = faults.length > 0 ? x.take(rows) : x;
    try {
      const result = work(part);
      return { rows, result, faults: faults.sort((a, b) => a.row - b.row) };
    } catch (error) {
      const found = faultsOf(error, part, work);
      // Both halves succeed and only the whole fails: the error is not about rows.
      if (found.length === 0) throw error;
      for (const fault of found) faults.push({ ...fault, row: rows[fault.row] });
      const amiss = new Set(found.map(({ row }) => row));
      rows = rows.filter((_, place) => !amiss.has(place));
    }
  }
}

/** @throws `error` itself if it is not about rows. */
function faultsOf(error: unknown, part: Table, work: (part: Table) => unknown): readonly RowFault[] {
  if (!ChurnError.is(error) || error.code !== 'invalid-data' || part.nRows === 0) throw error;
  const { faults = [] } = error;
  if (faults.some(({ row }) => row >= 0 && row < part.nRows)) return distinctRows(faults);
  if (part.nRows === 1) return [{ row: 0, detail: error.message }];
  const middle = part.nRows >> 1;
  return [0, middle].flatMap((start) => {
    const length = start === 0 ? middle : part.nRows - middle;
    const half = isolateFaults(part.take(Int32Array.from({ length }, (_, i) => start + i)), work);
    return half.faults.map((fault) => ({ ...fault, row: start + fault.row }));
  });
}

function distinctRows(faults: readonly RowFault[]): RowFault[] {
  return [...new Map(faults.map((fault) => [fault.row, fault])).values()];
}
