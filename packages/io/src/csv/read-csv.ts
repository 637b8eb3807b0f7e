import type { Table } from '@churn/core';
import { readContent } from '../files/content.js';
import { toTable } from '../records/to-table.js';
import { parseCsv } from './parse-csv.js';
import { type ReadTableOptions, readTable } from './read-table.js';
import { wantedThreads } from './scan-threads.js';

/**
 * Reads a CSV file, optionally compressed with gzip or Zstandard, into a table. A large file is read on several threads, with the same result for any
 * number of them. Messages name the file unless `source` is given.
 *
 * ```ts
 * const customers = await readCsv('customers.csv');
 * ```
 * @throws `invalid-file` if the file cannot be read, `invalid-parameter` for `threads`, and what `parseCsv` and `toTable` throw.
 */
export async function readCsv(file: string, options: ReadTableOptions = {}): Promise<Table> {
  const threads = wantedThreads(options.threads);
  const { bytes } = await readContent(file);
  const named = { source: file, ...options };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (await readTable(buffer, named, threads)) ?? toTable(parseCsv(bytes, named), options);
}
