import { ChurnError, type Column, missingColumn, type Table } from '@churn/core';
import { type RowGroup, rowGroups } from '@churn/selection';

/** Rows in groups by a column. */
export interface GroupedColumn {
  readonly column: string;
  readonly groups: readonly RowGroup[];
}

/** Of fewer rows a metric is chance. */
export const LEAST_GROUP = 50;

/** Groups rows by a column, small categories together. */
export function groupsOf(column: Column): RowGroup[] {
  return rowGroups(column, { minRows: LEAST_GROUP });
}

/**
 * The columns of a table to group rows by.
 * @param where the setting of the configuration that names them, and the file, for messages.
 * @throws `column-name` where there is no such column.
 */
export function groupColumns(
  table: Table,
  names: readonly string[],
  { setting, file }: { readonly setting: string; readonly file: string },
): Table {
  const unknown = names.find((name) => !table.names.includes(name));
  if (unknown === undefined) return table.select(names);
  const { message } = missingColumn(unknown, table.names);
  throw new ChurnError('column-name', `${setting}: ${file}: ${message}`);
}
