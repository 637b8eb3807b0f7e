import { requireParameter, Table } from '@churn/core';

/** Rows: a table, or row objects. */
export type TableLike = Table | readonly object[];

/**
 * The table that is meant.
 * @throws `invalid-parameter` for anything else; as `Table.fromRows`.
 */
export function tableOf(x: TableLike): Table {
  // Not instanceof: it may come from the other build (ESM or CommonJS) of core.
  const { nRows, take } = (x ?? {}) as Partial<Table>;
  if (typeof nRows === 'number' && typeof take === 'function') return x as Table;
  requireParameter(Array.isArray(x), 'x', 'a table or rows of objects', x);
  return Table.fromRows(x as readonly object[]);
}
