import { isUtf8 } from 'node:buffer';
import type { Table } from '@churn/core';
import { convertRaw } from '../records/convert-records.js';
import { settleInvalidValues } from '../records/invalid-value-policy.js';
import type { ToTableOptions } from '../records/to-table.js';
import { type ParseCsvOptions, parseCsv } from './parse-csv.js';
import { fieldsOf, isScannable } from './scan-records.js';
import { scanOnThreads } from './scan-threads.js';
import { columnOf, wantedColumns } from './scanned-batch.js';

export interface ReadTableOptions extends ParseCsvOptions, ToTableOptions {
  /** How many threads read a large file at most; default as many as there are cores, in a thread for other work 1. */
  readonly threads?: number;
}

/** The first line of a file that seems to have an ordinary header, and what is scanned by it. */
interface Head {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** Where the records begin, and on which line. */
  readonly start: number;
  readonly line: number;
}

const LF = 10;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/**
 * The table of CSV that is as most is: UTF-8 without anything amiss.
 *
 * @param threads how many threads read it at most.
 * @returns nothing if it is not: `parseCsv` and `toTable` read the same table of it, slowly, or tell what is wrong.
 */
export async function readTable(
  input: Buffer,
  options: ReadTableOptions = {},
  threads = 1,
): Promise<Table | undefined> {
  const bytes = input.at(-1) === LF ? input : Buffer.concat([input, Buffer.of(LF)]);
  const head = isUtf8(bytes) ? headOf(bytes, options) : undefined;
  if (head === undefined) return undefined;
  const { header, delimiter, start, line } = head;
  const wanted = wantedColumns(header, options.columns);
  const part = { start, end: bytes.length, delimiter, width: header.length, line, ...(wanted && { wanted }) };
  const scan = await scanOnThreads(bytes, part, threads);
  if (scan === undefined || (scan.nRows === 0 && !options.allowNoRows)) return undefined;
  const { source = 'CSV text' } = options;
  const { nRows, lines } = scan;
  const converted = convertRaw(
    {
      ...{ source, header, lines, nRows, delimiter },
      column: (position) => columnOf(scan, position, fieldsOf(bytes, scan, position, delimiter)),
    },
    options,
  );
  return settleInvalidValues(converted, lines, options).refused.length > 0 ? undefined : converted.table;
}

function headOf(bytes: Buffer, options: ParseCsvOptions): Head | undefined {
  const { delimiter: told = ',', encoding = 'utf-8' } = options;
  if (!/^utf-?8$/i.test(encoding) || !isScannable(told)) return undefined;
  const mark = UTF8_MARK.every((byte, i) => bytes[i] === byte) ? UTF8_MARK.length : 0;
  const feed = bytes.indexOf(LF, mark);
  const text = bytes.toString('utf8', mark, feed);
  if (text.slice(0, -1).includes('\r')) return undefined;
  try {
    const { header, delimiter = told } = parseCsv(text, { ...options, allowNoRows: true });
    return { header, delimiter, start: feed + 1, line: 2 };
  } catch {
    return undefined;
  }
}
