import { ChurnError, missingColumn, type Table } from '@churn/core';
import { type RowGroup, rowGroups } from '@churn/selection';

/** Rows in groups by a column. */
export interface GroupedColumn {
  readonly column: string;
  readonly groups: readonly RowGroup[];
}

/** Of fewer rows a metric is chance. */
export const LEAST_GROUP = 50;

/** Some rows of the table of a file. */
interface RowsOfFile {
  readonly table: Table;
  readonly file: string;
  readonly rows: ArrayLike<number>;
}

/**
 * Groups rows by a column.
 * @param setting where the configuration names the column.
 * @returns the places of the rows of each group among `rows`.
 * @throws `column-name`, naming the setting and the file, where there is no such column.
 */
export function groupedColumn(
  { table, file, rows }: RowsOfFile,
  column: string,
  setting: string,
): GroupedColumn {
  if (!table.names.includes(column)) {
    const { message } = missingColumn(column, table.names);
    throw new ChurnError('column-name', `${setting}: ${file}: ${message}`);
  }
  const values = table.select([column]).take(rows).column(column);
  return { column, groups: rowGroups(values, { minRows: LEAST_GROUP }) };
}
