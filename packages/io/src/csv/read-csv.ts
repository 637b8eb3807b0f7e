import type { Table } from '@churn/core';
import { readBytes } from '../files/read-bytes.js';
import type { ToTableOptions } from '../records/convert-records.js';
import type { CsvRecords } from '../records/records.js';
import { toTable } from '../records/to-table.js';
import { type ParseCsvOptions, parseCsv } from './parse-csv.js';

/**
 * Reads the records of a CSV file as `parseCsv` does; messages name the file unless `source` is given.
 * @throws `invalid-file` where the file cannot be read, and what `parseCsv` throws.
 */
export async function readCsvRecords(file: string, options: ParseCsvOptions = {}): Promise<CsvRecords> {
  return parseCsv(await readBytes(file), { source: file, ...options });
}

/**
 * Reads a CSV file into a table.
 *
 * ```ts
 * const customers = await readCsv('customers.csv');
 * ```
 * @throws what `readCsvRecords` and `toTable` throw.
 */
export async function readCsv(file: string, options: ParseCsvOptions & ToTableOptions = {}): Promise<Table> {
  return toTable(await readCsvRecords(file, options), options);
}
