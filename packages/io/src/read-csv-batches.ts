import { ChurnError } from '@churn/core';
import { type CsvRecords, columnNames } from './csv-records.js';
import { checkDelimiter, checkHeader, type ParseCsvOptions } from './parse-csv.js';
import { quoted } from './quoted.js';
import { type SplitText, splitPlain } from './split-plain.js';
import { splitQuoted } from './split-quoted.js';

/** A record that is not like the others, and why. */
export interface RejectedRecord {
  /** The line on which it starts, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** As it stands in the file, without its line end. */
  readonly text: string;
}

/** Some records of a CSV file, one after another. */
export interface CsvBatch extends CsvRecords {
  /** Each record as it stands in the file, without its line end. */
  readonly texts: readonly string[];
  /** Records of the same part of the file with too few or too many fields. */
  readonly rejected: readonly RejectedRecord[];
}

export interface CsvBatchOptions extends Pick<ParseCsvOptions, 'source' | 'delimiter'> {
  /** About how many characters a batch has. Default 2 ** 20. */
  readonly batchSize?: number;
}

/** A record longer than this is no record: a quote was opened and never closed. */
const LONGEST = 2 ** 26;

/**
 * Reads CSV in batches, so that a file of any length takes the memory of a few of its records. What `parseCsv` accepts gives the same
 * records; those with another number of fields than the header are set aside instead of ending it all.
 *
 * ```ts
 * for await (const { records, lines } of readCsvBatches(createReadStream('customers.csv'))) …
 * ```
 *
 * @param chunks UTF-8 bytes, cut anywhere.
 * @throws `invalid-file`, naming source and line, as `parseCsv` does but for the number of fields.
 */
export async function* readCsvBatches(
  chunks: AsyncIterable<Uint8Array>,
  { source = 'CSV text', delimiter = ',', batchSize = 2 ** 20 }: CsvBatchOptions = {},
): AsyncGenerator<CsvBatch> {
  checkDelimiter(delimiter);
  let header: readonly string[] | undefined;
  let hasRows = false;
  for await (const { text, before } of wholeRecords(chunks, source, batchSize)) {
    const split = text.includes('"')
      ? splitQuoted(text, delimiter, source, { header, before })
      : splitPlain(text, delimiter);
    let start = 0;
    if (!header && split.records.length > 0) {
      header = split.records[0];
      checkHeader(header, source, split.lines[0] + before);
      start = 1;
    }
    if (header && split.records.length > start) {
      hasRows = true;
      yield batchOf(source, header, split, start, before);
    }
  }
  if (!header) throw new ChurnError('invalid-file', `${source}: empty, expected a header line and rows`);
  if (!hasRows) throw new ChurnError('invalid-file', `${source}: a header line, but no rows`);
}

function batchOf(
  source: string,
  header: readonly string[],
  { records, texts, lines }: SplitText,
  start: number,
  before: number,
): CsvBatch {
  const kept: string[][] = [];
  const keptTexts: string[] = [];
  const keptLines: number[] = [];
  const rejected: RejectedRecord[] = [];
  for (let i = start; i < records.length; i++) {
    const fields = records[i];
    const line = lines[i] + before;
    if (fields.length === header.length) {
      kept.push(fields);
      keptTexts.push(texts[i]);
      keptLines.push(line);
      continue;
    }
    const names = columnNames(header);
    const lacking =
      fields.length < names.length ? `; nothing for column ${quoted(names[fields.length])}` : '';
    rejected.push({
      line,
      reason: `expected ${names.length} fields, got ${fields.length}${lacking}`,
      text: texts[i],
    });
  }
  return { source, header, records: kept, texts: keptTexts, lines: keptLines, rejected };
}

/** Texts that end where a record does, each of about `size` characters or one long record, and the lines before each. */
async function* wholeRecords(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  size: number,
): AsyncGenerator<{ text: string; before: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let lines = 0;
  let text = '';
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new ChurnError(
        'invalid-file',
        `${source}, after line ${lines + lineEnds(text)}: not UTF-8 text; save the file with the encoding UTF-8`,
      );
    }
  };
  for await (const bytes of chunks) {
    text += decode(bytes);
    if (text.length < size) continue;
    const end = endOfRecords(text);
    if (end > 0) {
      const whole = text.slice(0, end);
      yield { text: whole, before: lines };
      lines += lineEnds(whole);
      text = text.slice(end);
    }
    if (text.length > LONGEST) {
      throw new ChurnError(
        'invalid-file',
        `${source}, line ${lines + 1}: a record of more than ${LONGEST} characters; is a quote opened and never closed?`,
      );
    }
  }
  text += decode();
  if (text !== '') yield { text, before: lines };
}

/**
 * Where the last whole record of a text ends; 0 where none does for certain. A line end is inside a field exactly where the quotes
 * before it are odd in number.
 */
function endOfRecords(text: string): number {
  const marks = /"|\r\n|\n|\r/g;
  let end = 0;
  let inside = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') inside = !inside;
    // A carriage return at the very end may have its line feed in what comes next.
    else if (!inside && !(mark[0] === '\r' && marks.lastIndex === text.length)) end = marks.lastIndex;
  }
  return end;
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') count++;
  }
  return count;
}
