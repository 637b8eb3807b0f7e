import { ChurnError, missingColumn, type Table } from '@churn/core';

/**
 * The columns of a table that a setting of the configuration names.
 * @param where the setting and the file, for messages.
 * @throws `column-name` if there is no such column.
 */
export function namedColumns(
  table: Table,
  names: readonly string[],
  { setting, file }: { readonly setting: string; readonly file: string },
): Table {
  const unknown = names.find((name) => !table.names.includes(name));
  if (unknown === undefined) return table.select(names);
  const { message } = missingColumn(unknown, table.names);
  throw new ChurnError('column-name', `${setting}: ${file}: ${message}`);
}
