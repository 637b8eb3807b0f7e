import { type Cell, ChurnError } from '@churn/core';
import { checkDelimiter } from './parse-csv.js';

export interface FormatCsvOptions {
  /** What stands between two fields; default `,`. */
  readonly delimiter?: string;
}

/**
 * The CSV text of a header and rows: LF after each line, quotes where they are needed, numbers in the shortest form that
 * reads back to the same number. A missing value (`null`, `undefined`, `NaN`) is an empty field, and an empty text is
 * therefore read back as missing. An infinite number is written as `Infinity`, which reads back as text.
 *
 * @throws `invalid-data` where the header is empty, or a row has another number of values; `invalid-parameter` for the
 *   delimiter.
 */
export function formatCsv(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
  options: FormatCsvOptions = {},
): string {
  const { delimiter = ',' } = options;
  checkDelimiter(delimiter);
  if (header.length === 0) {
    throw new ChurnError('invalid-data', 'a table without columns cannot be written as CSV');
  }
  const needsQuotes = new RegExp(`["\\r\\n\\uFEFF]|${delimiter.replace(/[^\w]/g, '\\$&')}`);
  // The empty field of a single column would be an empty line, which is passed over in reading.
  const empty = header.length === 1 ? '""' : '';
  const field = (cell: Cell) => {
    const text = cellText(cell);
    if (text === '') return empty;
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  let csv = `${header.map(field).join(delimiter)}\n`;
  let n = 0;
  for (const row of rows) {
    if (row.length !== header.length) {
      throw new ChurnError(
        'invalid-data',
        `row ${n}: expected ${header.length} values as in the header, got ${row.length}`,
      );
    }
    csv += `${row.map(field).join(delimiter)}\n`;
    n++;
  }
  return csv;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined || Number.isNaN(cell)) return '';
  return Object.is(cell, -0) ? '-0' : String(cell);
}
