import { type Column, cellAt, type RowFault, rowFaultError } from '@churn/core';

/** The events of one entity, such as a customer. */
export interface EntityEvents {
  /** Ordered by time; ties in the order of the table. */
  readonly rows: readonly number[];
}

/**
 * The events of each customer, in the order in which customers first appear.
 * @throws `invalid-data`, naming the row, for an event without one.
 */
export function eventsByEntity(by: Column, times: Float64Array, name: string): EntityEvents[] {
  const found = new Map<unknown, number[]>();
  const faults: RowFault[] = [];
  for (let row = 0; row < times.length; row++) {
    const key = cellAt(by, row);
    if (key === null || Number.isNaN(key)) {
      faults.push({ row, column: name, detail: 'expected an entity for the event, got none' });
      continue;
    }
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  }
  if (faults.length > 0) throw rowFaultError(faults);
  return Array.from(found.values(), (rows) => ({ rows: rows.sort((a, b) => times[a] - times[b]) }));
}
