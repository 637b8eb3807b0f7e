import type { Table } from '@churn/core';
import { readContent } from '../files/content.js';
import { type ToTableOptions, toTable } from '../records/to-table.js';
import { type ParseCsvOptions, parseCsv } from './parse-csv.js';
import { readTable } from './read-table.js';

/**
 * Reads a CSV file into a table, compressed by gzip or Zstandard too; messages name the file unless `source` is given.
 *
 * ```ts
 * const customers = await readCsv('customers.csv');
 * ```
 * @throws `invalid-file` where the file cannot be read, and what `parseCsv` and `toTable` throw.
 */
export async function readCsv(file: string, options: ParseCsvOptions & ToTableOptions = {}): Promise<Table> {
  const { bytes } = await readContent(file);
  const told = { source: file, ...options };
  return (
    readTable(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), told) ??
    toTable(parseCsv(bytes, told), options)
  );
}
