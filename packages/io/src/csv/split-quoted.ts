import { ChurnError } from '@churn/core';
import { CsvError, parse } from 'csv-parse/sync';
import { columnNames } from '../records/records.js';
import { quoted } from '../text/quoted.js';
import type { SplitText } from './split-plain.js';

/**
 * Splits a text with quoted fields, which may contain delimiters, line ends and doubled quotes. Empty lines are ignored.
 *
 * @param source the name of the text for messages.
 * @param part for a part of a file, its header and the number of lines before it.
 * @throws `invalid-file` if a quote is misplaced or not closed, naming line and column.
 */
export function splitQuoted(
  text: string,
  delimiter: string,
  source: string,
  { header, before = 0 }: { readonly header?: readonly string[]; readonly before?: number } = {},
): SplitText {
  const { texts, lines } = recordTexts(text, before);
  const records: string[][] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      // The number of fields is checked by parseCsv, for texts with and without quotes alike.
      relax_column_count: true,
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
  } catch (error) {
    throw quoteError(error, source, lines[records.length], header ?? records[0]);
  }
  return { records, texts, lines };
}

/**
 * The text of each record, and the line on which it starts. In a valid text, a line end is inside a field if and only if the number of quotes before
 * it is odd, including doubled ones. (The line numbers of csv-parse count a CRLF inside a field as two.)
 */
function recordTexts(text: string, before: number): Omit<SplitText, 'records'> {
  const texts: string[] = [];
  const starts: number[] = [];
  const marks = /"|\r\n|\n|\r/g;
  let line = before + 1;
  let startLine = line;
  let start = 0;
  let inside = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') {
      inside = !inside;
      continue;
    }
    line++;
    if (inside) continue;
    if (mark.index > start) {
      texts.push(text.slice(start, mark.index));
      starts.push(startLine);
    }
    start = marks.lastIndex;
    startLine = line;
  }
  if (start < text.length) {
    texts.push(text.slice(start));
    starts.push(startLine);
  }
  return { texts, lines: Int32Array.from(starts) };
}

function quoteError(
  error: unknown,
  source: string,
  line: number,
  header: readonly string[] | undefined,
): unknown {
  if (!(error instanceof CsvError)) return error;
  const field = Number(error.index);
  const name = header && columnNames(header)[field];
  const column = name === undefined ? `field ${field + 1}` : `column ${quoted(name)}`;
  return new ChurnError('invalid-file', `${source}, line ${line}, ${column}: ${problem(error)}`, {
    cause: error,
  });
}

function problem(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened here and never closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'text follows a closing quote; double a quote inside a quoted field';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote is inside a field that does not start with one; quote the whole field and double the quote';
    default:
      return error.message;
  }
}
