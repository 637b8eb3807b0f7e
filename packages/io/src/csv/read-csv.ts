import type { Table } from '@churn/core';
import { readContent } from '../files/content.js';
import { toTable } from '../records/to-table.js';
import { parseCsv } from './parse-csv.js';
import { type ReadTableOptions, readTable } from './read-table.js';
import { wantedThreads } from './scan-threads.js';

/**
 * Reads a CSV file into a table, compressed by gzip or Zstandard too, and on several threads if it is large; the table is the same for
 * any number of them. Messages name the file unless `source` is given.
 *
 * ```ts
 * const customers = await readCsv('customers.csv');
 * ```
 * @throws `invalid-file` if the file cannot be read, `invalid-parameter` for `threads`, and what `parseCsv` and `toTable` throw.
 */
export async function readCsv(file: string, options: ReadTableOptions = {}): Promise<Table> {
  const threads = wantedThreads(options.threads);
  const { bytes } = await readContent(file);
  const told = { source: file, ...options };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (await readTable(buffer, told, threads)) ?? toTable(parseCsv(bytes, told), options);
}
