import { type Column, cellAt, type Table } from '@churn/core';
import { writeFileAtomic } from '../files/write-file-atomic.js';
import { type FormatCsvOptions, formatCsv } from './format-csv.js';

/** A header and rows to be written, such as `Records` of any format. */
export interface CsvContent {
  readonly header: readonly string[];
  readonly records: Iterable<readonly unknown[]>;
}

/**
 * Writes a table, or a header and records, to a CSV file: all of it or nothing, as `formatCsv` formats it.
 * @throws what `formatCsv` and `writeFileAtomic` throw.
 */
export async function writeCsv(
  file: string,
  content: Table | CsvContent,
  options: FormatCsvOptions = {},
): Promise<void> {
  const { header, records } = 'records' in content ? content : contentOf(content);
  await writeFileAtomic(file, formatCsv(header, records, options));
}

function contentOf(table: Table): CsvContent {
  return { header: table.names, records: rowsOf(table) };
}

function* rowsOf(table: Table): Generator<unknown[]> {
  const columns = Array.from(table.entries(), ([, column]): Column => column);
  for (let row = 0; row < table.nRows; row++) yield columns.map((column) => cellAt(column, row));
}
