import { type Cell, ChurnError } from '@churn/core';
import { stringify } from 'csv-stringify/sync';
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
  const lines: (readonly Cell[])[] = [header];
  for (const row of rows) {
    if (row.length !== header.length) {
      throw new ChurnError(
        'invalid-data',
        `row ${lines.length - 1}: expected ${header.length} values as in the header, got ${row.length}`,
      );
    }
    lines.push(row);
  }
  return stringify(lines, {
    delimiter,
    record_delimiter: '\n',
    // The empty field of a single column would be an empty line, which is passed over in reading.
    quoted_empty: header.length === 1,
    // CR alone ends a line too; the other, at the start of a file, would be taken for a byte order mark.
    quoted_match: ['\r', '\uFEFF'],
    cast: { number: formatNumber, boolean: String },
  });
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '';
  return Object.is(value, -0) ? '-0' : String(value);
}
