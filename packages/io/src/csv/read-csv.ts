import type { Table } from '@churn/core';
import { readBytes } from '../files/read-bytes.js';
import { type ToTableOptions, toTable } from '../records/to-table.js';
import { type ParseCsvOptions, parseCsv } from './parse-csv.js';

/**
 * Reads a CSV file into a table; messages name the file unless `source` is given.
 *
 * ```ts
 * const customers = await readCsv('customers.csv');
 * ```
 * @throws `invalid-file` where the file cannot be read, and what `parseCsv` and `toTable` throw.
 */
export async function readCsv(file: string, options: ParseCsvOptions & ToTableOptions = {}): Promise<Table> {
  return toTable(parseCsv(await readBytes(file), { source: file, ...options }), options);
}
