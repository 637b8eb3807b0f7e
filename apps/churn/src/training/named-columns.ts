import { ChurnError, missingColumn, type Table } from '@churn/core';

/**
 * The columns of a table named by a key of the configuration.
 * @param where the key and the file, for messages.
 * @throws `column-name` if a column does not exist.
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
