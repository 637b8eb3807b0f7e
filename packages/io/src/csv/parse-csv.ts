import { ChurnError } from '@churn/core';
import { type CsvRecords, columnNames } from '../records/records.js';
import { decodeUtf8 } from '../text/decode-utf8.js';
import { quoted } from '../text/quoted.js';
import { type SplitText, splitPlain } from './split-plain.js';
import { splitQuoted } from './split-quoted.js';

export interface ParseCsvOptions {
  /** What the text is, for messages; default `CSV text`. */
  readonly source?: string;
  /** What stands between two fields; default `,`. */
  readonly delimiter?: string;
  /** Accept a header without any record; default `false`. */
  readonly allowNoRows?: boolean;
}

/**
 * Parses CSV: a header line, then records of as many fields.
 *
 * Fields may be in quotes and then hold delimiters, line ends and doubled quotes. Lines end with LF, CRLF or CR; a byte
 * order mark and empty lines are passed over. Spaces belong to a field.
 *
 * ```ts
 * const { header, records, lines } = parseCsv('name,age\n"Smith, J.",45\n');
 * ```
 *
 * @param input text, or UTF-8 bytes.
 * @throws `invalid-file`, naming source, line and column: not UTF-8, no header, two columns of one name, a record with too
 *   few or too many fields, a quote out of place or never closed, no records; `invalid-parameter` for the delimiter.
 */
export function parseCsv(input: string | Uint8Array, options: ParseCsvOptions = {}): CsvRecords {
  const { source = 'CSV text', delimiter = ',', allowNoRows = false } = options;
  checkDelimiter(delimiter);
  const text = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : decodeUtf8(input, source);
  const split = text.includes('"') ? splitQuoted(text, delimiter, source) : splitPlain(text, delimiter);
  const [header, ...records] = split.records;
  if (header === undefined) {
    throw new ChurnError('invalid-file', `${source}: empty, expected a header line and rows`);
  }
  checkHeader(header, source, split.lines[0]);
  checkFieldCounts(split, source);
  if (records.length === 0 && !allowNoRows) {
    throw new ChurnError('invalid-file', `${source}: a header line, but no rows`);
  }
  return { source, header, records, lines: split.lines.subarray(1), delimiter };
}

/** @throws `invalid-parameter` where `delimiter` cannot stand between fields. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter === '' || /["\r\n]/.test(delimiter)) {
    throw new ChurnError(
      'invalid-parameter',
      `delimiter: expected a character such as "," or ";", got ${quoted(delimiter)}`,
    );
  }
}

/** @throws `invalid-file` where a header is no text, or names a column twice. */
export function checkHeader(header: readonly string[], source: string, line: number): void {
  const where = `${source}, line ${line}`;
  // UTF-16 without a byte order mark is valid UTF-8, with a NUL beside every letter.
  if (header.some((name) => name.includes('\0'))) {
    throw new ChurnError('invalid-file', `${where}: not UTF-8 text; save the file with the encoding UTF-8`);
  }
  const positions = new Map<string, number>();
  for (const [position, name] of columnNames(header).entries()) {
    const first = positions.get(name);
    if (first !== undefined) {
      throw new ChurnError(
        'invalid-file',
        `${where}: column ${quoted(name)} comes twice in the header, as field ${first + 1} and field ${position + 1}`,
      );
    }
    positions.set(name, position);
  }
}

function checkFieldCounts({ records, lines }: SplitText, source: string): void {
  const names = columnNames(records[0]);
  for (let i = 1; i < records.length; i++) {
    const came = records[i].length;
    if (came === names.length) continue;
    const lacking = came < names.length ? `; nothing for column ${quoted(names[came])}` : '';
    throw new ChurnError(
      'invalid-file',
      `${source}, line ${lines[i]}: expected ${names.length} fields as in the header, got ${came}${lacking}`,
    );
  }
}
