import type { Table } from '@churn/core';
import { writePiecesAtomic } from '../files/write-file-atomic.js';
import { fieldsOfCells } from './fields.js';
import { csvRecordFormatter, type FormatCsvOptions, requireColumns, requireWidth } from './format-csv.js';
import { formatRows } from './format-rows.js';
import { formatTable } from './format-table.js';
import { wantedThreads } from './scan-threads.js';

/** A header and rows, such as `Records` of any format. */
export interface CsvContent {
  readonly header: readonly string[];
  readonly records: Iterable<readonly unknown[]>;
}

export interface WriteCsvOptions extends FormatCsvOptions {
  /** The maximum number of threads for a large table; default the number of cores, or 1 in a worker thread. */
  readonly threads?: number;
}

/** The number of records written at a time. */
const BATCH = 4096;

/**
 * Writes a table, or a header and records, to a CSV file atomically, formatted as by `formatCsv`. A large table is written on several threads, with the
 * same bytes for any number of them.
 * @throws `invalid-parameter` for invalid `threads`; as `formatCsv` and `writeFileAtomic`.
 */
export async function writeCsv(
  file: string,
  content: Table | CsvContent,
  options: WriteCsvOptions = {},
): Promise<void> {
  const { threads: given, ...format } = options;
  const threads = wantedThreads(given);
  const [header, pieces] =
    'records' in content
      ? [content.header, recordPieces(content, format)]
      : [content.names, tablePieces(content, format, threads)];
  requireColumns(header);
  const head = `${format.byteOrderMark ? '\uFEFF' : ''}${csvRecordFormatter(format)(header)}\n`;
  // Checked before the file is opened, since it may be a device.
  if ('records' in content && Array.isArray(content.records)) {
    for (const [n, row] of content.records.entries()) requireWidth(row, n, header);
  }
  await writePiecesAtomic(file, withHead(head, pieces));
}

async function* withHead(
  head: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  yield head;
  yield* pieces;
}

function tablePieces(table: Table, format: FormatCsvOptions, threads: number): AsyncIterable<Uint8Array> {
  const columns = Array.from(table.entries(), ([, column]) => column);
  return formatTable(columns, table.nRows, { ...format, isSingle: columns.length === 1 }, threads);
}

function* recordPieces({ header, records }: CsvContent, format: FormatCsvOptions): Generator<Uint8Array> {
  let rows: (readonly unknown[])[] = [];
  let before = 0;
  for (const row of records) {
    requireWidth(row, before + rows.length, header);
    rows.push(row);
    if (rows.length < BATCH) continue;
    yield linesOf(rows, header.length, format);
    before += rows.length;
    rows = [];
  }
  if (rows.length > 0) yield linesOf(rows, header.length, format);
}

function linesOf(rows: readonly (readonly unknown[])[], width: number, format: FormatCsvOptions): Buffer {
  const options = { ...format, isSingle: width === 1 };
  const fields = Array.from({ length: width }, (_, j) => {
    return fieldsOfCells(
      rows.map((row) => row[j]),
      options,
    );
  });
  return formatRows(fields, rows.length, format.delimiter);
}
