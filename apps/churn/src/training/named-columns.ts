import { ChurnError, missingColumn, type Table } from '@churn/core';

/** What names columns, for messages. */
export interface NamedBy {
  /** The key of the configuration. */
  readonly setting: string;
  readonly file: string;
}

/**
 * The columns of a table named by a key of the configuration.
 * @throws `column-name` if a column does not exist.
 */
export function namedColumns(table: Table, names: readonly string[], by: NamedBy): Table {
  requireColumns(table.names, names, by);
  return table.select(names);
}

/** Checks that a table with the columns `present` has those named. @throws `column-name` if a column does not exist. */
export function requireColumns(
  present: readonly string[],
  names: readonly string[],
  { setting, file }: NamedBy,
): void {
  const unknown = names.find((name) => !present.includes(name));
  if (unknown === undefined) return;
  const { message } = missingColumn(unknown, present, names);
  throw new ChurnError('column-name', `${setting}: ${file}: ${message}`);
}
