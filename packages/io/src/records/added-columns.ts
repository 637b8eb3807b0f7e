import { ChurnError, type TableSchema } from '@churn/core';

/** @throws `invalid-file` if an input already has a column to be added. */
export function refuseTaken(name: string, columns: readonly string[], added: TableSchema): void {
  const taken = added.find((column) => columns.includes(column.name));
  if (taken === undefined) return;
  throw new ChurnError(
    'invalid-file',
    `${name} already has a column "${taken.name}": it was scored before; remove it first`,
  );
}
