import { hasInfinite } from './infinite.js';
import { type RowFault, rowFaultError } from './row-fault.js';
import type { Table } from './table.js';

/**
 * Rejects infinite output that a transformer computed from finite numbers: the next step could turn it into a missing value, and a model
 * would then predict for a row that nobody sent.
 *
 * @param before the input of the transformer. Numbers that were already infinite are not its fault.
 * @throws `invalid-data`, with a fault for each such row that names the column of `after`.
 */
export function refuseOverflow(before: Table, after: Table): void {
  const faults = new Map<number, RowFault>();
  for (const [column, { kind }] of after.entries()) {
    const old = before.has(column) ? before.column(column) : undefined;
    if (kind !== 'numeric' || old === after.column(column)) continue;
    const values = after.numeric(column);
    if (!hasInfinite(values)) continue;
    for (let row = 0; row < values.length; row++) {
      if (Math.abs(values[row]) !== Infinity || faults.has(row)) continue;
      if (old?.kind === 'numeric' && Math.abs(old.values[row]) === Infinity) continue;
      faults.set(row, overflow(row, column, values[row]));
    }
  }
  if (faults.size > 0) throw rowFaultError([...faults.values()]);
}

/** The fault of a number that became infinite in processing. */
export function overflow(row: number, column: string, received: number): RowFault {
  return { row, column, detail: `expected a number that can be processed; it became ${received}` };
}
