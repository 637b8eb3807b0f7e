import { ChurnError } from '@churn/core';
import { parseNumber } from '../text/parse-number.js';
import { checkDelimiter } from './parse-csv.js';

export interface FormatCsvOptions {
  /** The delimiter; default `,`. */
  readonly delimiter?: string;
  /**
   * Whether to prefix texts that a spreadsheet would execute as formulas with `'`: those that start with `=`, `+`, `-`, `@`, a tab or a line end
   * and are not numbers. Default `false`.
   */
  readonly escapeFormulas?: boolean;
  /** Whether to start with a byte order mark, by which readers recognise UTF-8. Default `false`. */
  readonly byteOrderMark?: boolean;
}

/**
 * Formats a header and rows as CSV: LF after each line, quotes where needed, numbers in the shortest form that is read back exactly. A missing
 * value (`null`, `undefined`, `NaN`) is an empty field, so an empty text is read back as missing. An infinite number is written as `Infinity`,
 * which is read back as text; a list or an object as JSON.
 *
 * @throws `invalid-data` if the header is empty, or a row has another number of values; `invalid-parameter` for an invalid delimiter.
 */
export function formatCsv(
  header: readonly string[],
  rows: Iterable<readonly unknown[]>,
  options: FormatCsvOptions = {},
): string {
  const record = csvRecordFormatter(options);
  requireColumns(header);
  let csv = `${options.byteOrderMark ? '\uFEFF' : ''}${record(header)}\n`;
  let n = 0;
  for (const row of rows) {
    requireWidth(row, n++, header);
    csv += `${record(row)}\n`;
  }
  return csv;
}

/** @throws `invalid-data` if the header is empty. */
export function requireColumns(header: readonly string[]): void {
  if (header.length === 0) {
    throw new ChurnError('invalid-data', 'a table without columns cannot be written as CSV');
  }
}

/** @throws `invalid-data` if a row has another number of values than the header. */
export function requireWidth(row: readonly unknown[], n: number, header: readonly string[]): void {
  if (row.length === header.length) return;
  throw new ChurnError(
    'invalid-data',
    `row ${n}: expected ${header.length} values as in the header, got ${row.length}`,
  );
}

/**
 * Returns a function that formats a record, without its line end, as `formatCsv` does.
 * @throws `invalid-parameter` for an invalid delimiter.
 */
export function csvRecordFormatter(options: FormatCsvOptions = {}): (cells: readonly unknown[]) => string {
  const { delimiter = ',' } = options;
  const [single, field] = [true, false].map((isSingle) => csvFieldFormatter(options, isSingle));
  return (cells) =>
    cells.length === 1 ? single(cells[0]) : cells.map((cell) => field(cell)).join(delimiter);
}

/**
 * Returns a function that formats a field.
 * @param isSingle whether it is the only field of its record.
 * @throws `invalid-parameter` for an invalid delimiter.
 */
export function csvFieldFormatter(
  { delimiter = ',', escapeFormulas = false }: FormatCsvOptions,
  isSingle: boolean,
): (cell: unknown) => string {
  checkDelimiter(delimiter);
  // Any character of the delimiter: with `::`, a colon at the end of a field would join the delimiter.
  const needsQuotes = new RegExp(`["\\r\\n\\uFEFF${delimiter.replace(/[^\w]/g, '\\$&')}]`);
  return (cell) => {
    const text = escapeFormulas && isFormula(cell) ? `'${cell}` : cellText(cell);
    if (needsQuotes.test(text)) return `"${text.replaceAll('"', '""')}"`;
    return isSingle && (text === '' || SEVERAL.test(text)) ? `"${text}"` : text;
  };
}

/**
 * Texts that a single field must not have unquoted: several fields with another delimiter, or Excel's first line.
 */
const SEVERAL = /[,;\t|]|^sep=.$/i;

/** Whether a spreadsheet would execute a cell as a formula (OWASP, "CSV Injection"). */
export function isFormula(cell: unknown): boolean {
  return typeof cell === 'string' && /^[=+\-@\t\r\n]/.test(cell) && Number.isNaN(parseNumber(cell));
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined || Number.isNaN(cell)) return '';
  if (typeof cell === 'object') return JSON.stringify(cell);
  return Object.is(cell, -0) ? '-0' : String(cell);
}
