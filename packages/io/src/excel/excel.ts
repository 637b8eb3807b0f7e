import { ChurnError, isoTime } from '@churn/core';
import { openRecords } from '../csv/open-records.js';
import { checkHeader } from '../csv/parse-csv.js';
import { unlessInstalled } from '../files/from-package.js';
import { readBytes } from '../files/read-bytes.js';
import { openInput } from '../files/read-chunks.js';
import { sha256 } from '../files/sha256.js';
import type { RecordFormat } from '../records/record-format.js';
import type { FileRecords } from '../records/records.js';
import { clipped, quoted, quotedList } from '../text/quoted.js';
import { requirePlausibleZip } from './zip-sizes.js';

/**
 * A sheet of an Excel workbook, `.xlsx`: the first non-empty row is the header. Cells have types; dates are ISO 8601 texts, with a time if they have
 * one, and formulas their computed values. Scored rows are written as CSV.
 *
 * It requires the package `read-excel-file`. The whole workbook is held in memory.
 */
export const excel: RecordFormat = {
  name: 'excel',
  endings: ['.xlsx'],
  async read(file, { sheet } = {}) {
    return readWorkbook(await readBytes(file), file, sheet);
  },
  async open(input, options = {}) {
    const { name, chunks } = await openInput(input, options.source);
    return {
      name,
      async *batches(schema, added) {
        const pieces: Uint8Array[] = [];
        for await (const chunk of chunks) pieces.push(chunk);
        const records = await readWorkbook(Buffer.concat(pieces), name, options.sheet);
        yield* openRecords(records, { escapeFormulas: options.escapeFormulas }).batches(schema, added);
      },
      end: () => '',
    };
  },
};

/** @throws `invalid-file` if the bytes are not a workbook, or the sheet has no header or rows. */
async function readWorkbook(bytes: Uint8Array, file: string, sheet?: string): Promise<FileRecords> {
  const where = sheet === undefined ? file : `${file}, sheet ${quoted(sheet)}`;
  requirePlausibleZip(bytes, file);
  const rows = await sheetRows(bytes, file, sheet);
  const filled = Array.from(rows.keys()).filter((row) =>
    rows[row].some((cell) => cell !== null && cell !== ''),
  );
  const [first, ...others] = filled;
  if (first === undefined)
    throw new ChurnError('invalid-file', `${where}: empty, expected a header and rows`);
  const header = rows[first].map((cell) => String(cellValue(cell) ?? ''));
  checkHeader(header, where, first + 1);
  if (others.length === 0) throw new ChurnError('invalid-file', `${where}: a header, but no rows`);
  return {
    source: where,
    header,
    records: others.map((row) => header.map((_, j) => cellValue(rows[row][j]))),
    lines: others.map((row) => row + 1),
    isTyped: true,
    sha256: sha256(bytes),
  };
}

type ExcelCell = string | number | boolean | Date | null;

async function sheetRows(bytes: Uint8Array, file: string, sheet?: string): Promise<readonly ExcelCell[][]> {
  const library = await import('read-excel-file/node').catch(
    unlessInstalled('read-excel-file', `${file}: Excel`),
  );
  try {
    const sheets = await library.default(Buffer.from(bytes), { trim: false });
    const found = sheet === undefined ? sheets[0] : sheets.find((each) => each.sheet === sheet);
    if (found) return found.data as ExcelCell[][];
    const names = quotedList(sheets.map((each) => each.sheet));
    throw new ChurnError('invalid-file', `${file}: expected a sheet ${quoted(sheet ?? '')}, got ${names}`);
  } catch (error) {
    if (ChurnError.is(error)) throw error;
    const [why] = String((error as Error).message).split('\n');
    throw new ChurnError('invalid-file', `${file}: cannot be read as Excel: ${clipped(why, 200)}`, {
      cause: error,
    });
  }
}

/** A cell as a JSON value. */
function cellValue(cell: ExcelCell | undefined): string | number | boolean | null {
  if (cell === undefined || cell === '') return null;
  if (!(cell instanceof Date)) return cell;
  // Excel's times are fractions of a day, which represent hardly any millisecond exactly.
  const seconds = Math.round(cell.getTime() / 1000);
  if (Number.isNaN(seconds)) return null;
  // Midnight stands for a date without a time, and day 0 for a time without a date.
  return isoTime(BigInt(seconds), 1n).replace(/T00:00:00$|^1899-12-3[01]T/, '');
}
