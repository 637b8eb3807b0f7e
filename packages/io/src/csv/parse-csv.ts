import { ChurnError } from '@churn/core';
import { type CsvRecords, columnNames } from '../records/records.js';
import { quoted } from '../text/quoted.js';
import { decodeText, OTHER_ENCODING } from '../text/text-decoder.js';
import { refuseOtherDelimiter } from './detect-delimiter.js';
import { isFilledFooter, isFooter } from './footer.js';
import { separatorLine } from './separator-line.js';
import { type SplitText, splitPlain } from './split-plain.js';
import { splitQuoted } from './split-quoted.js';

export interface ParseCsvOptions {
  /** The name of the text for messages; default `CSV text`. */
  readonly source?: string;
  /** The delimiter, unless a first line such as `sep=;` sets it; default `,`. */
  readonly delimiter?: string;
  /**
   * The encoding of bytes without a byte order mark, as named by `TextDecoder`, such as `windows-1252`; default UTF-8.
   */
  readonly encoding?: string;
  /** Whether to accept a header without records; default `false`. */
  readonly allowNoRows?: boolean;
}

/**
 * Parses CSV: a header line, then records with as many fields.
 *
 * Quoted fields may contain delimiters, line ends and doubled quotes. Lines end with LF, CRLF or CR; a byte order mark and empty lines are
 * ignored. Excel's first line, such as `sep=;`, sets the delimiter. Spaces are part of a field. A last record that looks like a footer, such as
 * `Total,,1938245.76`, is reported in `notes`.
 *
 * ```ts
 * const { header, records, lines } = parseCsv('name,age\n"Smith, J.",45\n');
 * ```
 *
 * @param input text, or bytes: UTF-8 or UTF-16 according to their byte order mark, otherwise in `encoding`.
 * @throws `invalid-file`, naming source, line and column, for bytes in another encoding, a header that is missing or has another delimiter, a
 * repeated column name, a record with too few or too many fields, a misplaced or unclosed quote, or no records; `invalid-parameter` for an
 * invalid delimiter or encoding.
 */
export function parseCsv(input: string | Uint8Array, options: ParseCsvOptions = {}): CsvRecords {
  const { source = 'CSV text', allowNoRows = false, encoding } = options;
  const all = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : decodeText(input, source, encoding);
  const { line: first, delimiter } = separatorLine(all, options.delimiter ?? ',');
  checkDelimiter(delimiter);
  const text = all.slice(first.length);
  const before = first === '' ? 0 : 1;
  refuseOtherDelimiter(text, delimiter, source);
  const split = text.includes('"')
    ? splitQuoted(text, delimiter, source, { before })
    : splitPlain(text, delimiter, before);
  const [header, ...records] = split.records;
  if (header === undefined) {
    throw new ChurnError('invalid-file', `${source}: empty, expected a header line and rows`);
  }
  checkHeader(header, source, split.lines[0]);
  checkFieldCounts(split, source);
  if (records.length === 0 && !allowNoRows) {
    throw new ChurnError('invalid-file', `${source}: a header line, but no rows`);
  }
  const notes = footerNotes(split);
  const lines = split.lines.subarray(1);
  return { source, header, records, lines, delimiter, ...(notes.length > 0 && { notes }) };
}

/** @throws `invalid-parameter` if `delimiter` is empty or contains a quote or a line end. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter === '' || /["\r\n]/.test(delimiter)) {
    throw new ChurnError(
      'invalid-parameter',
      `delimiter: expected a character such as "," or ";", got ${quoted(delimiter)}`,
    );
  }
}

/** @throws `invalid-file` if a header is not text, or names a column twice. */
export function checkHeader(header: readonly string[], source: string, line: number): void {
  const where = `${source}, line ${line}`;
  // ASCII in UTF-16 without a byte order mark is valid UTF-8, with a NUL next to every letter.
  if (header.some((name) => name.includes('\0'))) {
    throw new ChurnError('invalid-file', `${where}: not UTF-8 text; ${OTHER_ENCODING}`);
  }
  const positions = new Map<string, number>();
  for (const [position, name] of columnNames(header).entries()) {
    const first = positions.get(name);
    if (first !== undefined) {
      throw new ChurnError(
        'invalid-file',
        `${where}: column ${quoted(name)} appears twice in the header, as field ${first + 1} and field ${position + 1}`,
      );
    }
    positions.set(name, position);
  }
}

function checkFieldCounts({ records, texts, lines }: SplitText, source: string): void {
  const names = columnNames(records[0]);
  for (let i = 1; i < records.length; i++) {
    const received = records[i].length;
    if (received === names.length) continue;
    const where = `${source}, line ${lines[i]}`;
    const expected = `expected ${names.length} fields as in the header, got ${received}`;
    if (received < names.length && isFooter(records[i])) {
      throw new ChurnError('invalid-file', `${where}: ${looksLikeFooter(texts[i])}; ${expected}`);
    }
    const lacking = received < names.length ? `; no value for column ${quoted(names[received])}` : '';
    const isEnd = received < names.length && i === records.length - 1;
    const seems = isEnd ? `; the last line ${quoted(texts[i])} may be a footer, or truncated` : '';
    throw new ChurnError('invalid-file', `${where}: ${expected}${lacking}${seems}`);
  }
}

function footerNotes({ records, texts, lines }: SplitText): string[] {
  const last = records.length - 1;
  return last > 0 && isFilledFooter(records[last], 1)
    ? [`line ${lines[last]} ${looksLikeFooter(texts[last])}, and is read as a row`]
    : [];
}

/** Describes a line that seems to be a footer. */
function looksLikeFooter(text: string): string {
  return `looks like a footer: ${quoted(text)}`;
}
