import { ChurnError } from '@churn/core';
import { type CsvRecords, columnNames } from '../records/records.js';
import { quoted } from '../text/quoted.js';
import { MarkedTextDecoder, notOfEncoding } from '../text/text-decoder.js';
import { hasInvalidBytes, INVALID_BYTES, showInvalidBytes } from '../text/utf8-decoder.js';
import { detectDelimiter, refuseOtherDelimiter } from './detect-delimiter.js';
import { isFilledFooter, isFooter } from './footer.js';
import { checkDelimiter, checkHeader, type ParseCsvOptions } from './parse-csv.js';
import { separatorLine } from './separator-line.js';
import { type SplitText, splitPlain } from './split-plain.js';
import { splitQuoted } from './split-quoted.js';

/** A record that is not like the others, and why. */
export interface RejectedRecord {
  /** The line on which it starts, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** As it stands in the file, without its line end; a byte that is no UTF-8 as `\xE9`. */
  readonly text: string;
}

/** Some records of a CSV file, one after another. */
export interface CsvBatch extends CsvRecords {
  /** What stands between two fields. */
  readonly delimiter: string;
  /** The encoding of the bytes, as `TextDecoder` names it. */
  readonly encoding: string;
  /** Excel's first line, such as `sep=;`, without its line end; mostly none. */
  readonly separatorText: string;
  /** The header as it stands in the file, without its line end. */
  readonly headerText: string;
  /** Each record as it stands in the file, without its line end. */
  readonly texts: readonly string[];
  /**
   * Records of the same part of the file with too few or too many fields, those that look like a footer, and with `rejectInvalidUtf8`
   * those that are no UTF-8.
   */
  readonly rejected: readonly RejectedRecord[];
}

export interface CsvBatchOptions extends Pick<ParseCsvOptions, 'source' | 'delimiter' | 'encoding'> {
  /** Names that the header is known to have. Without a `delimiter`, it is the one by which the header has most of them. */
  readonly columns?: readonly string[];
  /** About how many characters a batch has. Default 2 ** 20. */
  readonly batchSize?: number;
  /** Set aside records with bytes that are no UTF-8, in place of ending at the first. Default `false`. */
  readonly rejectInvalidUtf8?: boolean;
}

/** A record longer than this is no record: a quote was opened and never closed. */
const LONGEST = 2 ** 24;

/**
 * Reads CSV in batches, so that a file of any length takes the memory of a few of its records. What `parseCsv` accepts gives the same
 * records; those with another number of fields than the header, and those that look like a footer, are set aside instead of ending it all.
 *
 * ```ts
 * for await (const { records, lines } of readCsvBatches(createReadStream('customers.csv'))) …
 * ```
 *
 * @param chunks bytes, cut anywhere.
 * @throws `invalid-file`, naming source and line, as `parseCsv` does but for the number of fields.
 */
export async function* readCsvBatches(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvBatchOptions = {},
): AsyncGenerator<CsvBatch> {
  for await (const part of csvParts(chunks, options)) {
    yield readCsvPart(part);
  }
}

type Header = Omit<CsvBatch, 'records' | 'lines' | 'texts' | 'rejected'>;

/** Some whole records of a CSV file before they are split, and what is known of it: plain data, which another thread can be sent. */
export interface CsvPart {
  readonly head: Header;
  readonly text: string;
  /** The lines before the text. */
  readonly before: number;
  /** Whether the text begins with the header. */
  readonly hasHeader: boolean;
  /** Whether the text may have bytes that are no UTF-8. */
  readonly mayBeInvalid: boolean;
}

/** The parts of a CSV file. @throws what `readCsvBatches` throws but for single records. */
export async function* csvParts(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvBatchOptions,
): AsyncGenerator<CsvPart> {
  const { source = 'CSV text', encoding, batchSize = 2 ** 20, rejectInvalidUtf8 = false } = options;
  let { delimiter } = options;
  if (delimiter !== undefined) checkDelimiter(delimiter);
  const decoder = new MarkedTextDecoder({ encoding, keepInvalid: rejectInvalidUtf8 });
  let separatorText: string | undefined;
  let head: Header | undefined;
  let hasRows = false;
  for await (const part of wholeRecords(chunks, decoder, source, batchSize)) {
    let { text, before } = part;
    delimiter ??= options.columns ? detectDelimiter(text, options.columns) : ',';
    if (separatorText === undefined) {
      const first = separatorLine(text, delimiter);
      if (first.line !== '') before++;
      text = text.slice(first.line.length);
      separatorText = first.line.trimEnd();
      delimiter = first.delimiter;
    }
    const hasHeader = head === undefined;
    if (head === undefined) {
      refuseOtherDelimiter(text, delimiter, source);
      const split = splitText(text, { source, delimiter, before });
      if (split.records.length === 0) continue;
      const [header] = split.records;
      const [headerText] = split.texts;
      const [line] = split.lines;
      if (hasInvalidBytes(headerText)) throw notText(`${source}, line ${line}`, decoder);
      checkHeader(header, source, line);
      head = { source, delimiter, encoding: decoder.encoding, separatorText, header, headerText };
      // The header goes with the first rows.
      if (split.records.length === 1) continue;
    } else if (!/[^\r\n]/.test(text)) continue;
    hasRows = true;
    yield { head, text, before, hasHeader, mayBeInvalid: decoder.foundInvalid };
  }
  if (!head) throw new ChurnError('invalid-file', `${source}: empty, expected a header line and rows`);
  if (!hasRows) throw new ChurnError('invalid-file', `${source}: a header line, but no rows`);
}

/** The records of a part. @throws `invalid-file` for a quote out of place. */
export function readCsvPart({ head, text, before, hasHeader, mayBeInvalid }: CsvPart): CsvBatch {
  const { source, delimiter, header } = head;
  const split = splitText(text, { source, delimiter, before, ...(!hasHeader && { header }) });
  return batchOf(head, split, { start: hasHeader ? 1 : 0, mayBeInvalid });
}

function splitText(
  text: string,
  {
    source,
    delimiter,
    ...part
  }: Pick<Header, 'source' | 'delimiter'> & {
    readonly header?: readonly string[];
    readonly before: number;
  },
): SplitText {
  return text.includes('"')
    ? splitQuoted(text, delimiter, source, part)
    : splitPlain(text, delimiter, part.before);
}

/** @param part from which record on, and whether it may have bytes that are no UTF-8. */
function batchOf(
  head: Header,
  { records, texts, lines }: SplitText,
  part: { readonly start: number; readonly mayBeInvalid: boolean },
): CsvBatch {
  const kept: string[][] = [];
  const keptTexts: string[] = [];
  const keptLines: number[] = [];
  const rejected: RejectedRecord[] = [];
  for (let i = part.start; i < records.length; i++) {
    const line = lines[i];
    const reason =
      part.mayBeInvalid && hasInvalidBytes(texts[i])
        ? INVALID_BYTES_OF_CSV
        : whyNoRow(records[i], head.header);
    if (reason !== undefined) {
      rejected.push({ line, reason, text: showInvalidBytes(texts[i]) });
      continue;
    }
    kept.push(records[i]);
    keptTexts.push(texts[i]);
    keptLines.push(line);
  }
  return { ...head, records: kept, texts: keptTexts, lines: keptLines, rejected };
}

const INVALID_BYTES_OF_CSV = `${INVALID_BYTES}; the option encoding names another encoding`;

/** Why a record is none of the rows; nothing where it is one. */
function whyNoRow(fields: readonly string[], header: readonly string[]): string | undefined {
  const count = fields.length;
  if (count === header.length) return isFilledFooter(fields) ? 'looks like a footer' : undefined;
  const seems = count < header.length && isFooter(fields) ? 'looks like a footer; ' : '';
  const lacking = count < header.length ? `; nothing for column ${quoted(columnNames(header)[count])}` : '';
  return `${seems}expected ${header.length} fields, got ${count}${lacking}`;
}

function notText(where: string, { encoding }: MarkedTextDecoder): ChurnError {
  return new ChurnError('invalid-file', `${where}: ${notOfEncoding(encoding)}`);
}

/** Texts that end where a record does, each of about `size` characters or one long record, and the lines before each. */
async function* wholeRecords(
  chunks: AsyncIterable<Uint8Array>,
  decoder: MarkedTextDecoder,
  source: string,
  size: number,
): AsyncGenerator<{ text: string; before: number }> {
  let lines = 0;
  let text = '';
  let ends = new RecordEnds();
  const orRefuse = (decode: () => string) => {
    try {
      return decode();
    } catch {
      throw notText(`${source}, after line ${lines + lineEnds(text)}`, decoder);
    }
  };
  for await (const bytes of chunks) {
    text += orRefuse(() => decoder.decode(bytes));
    if (text.length < size) continue;
    const end = ends.lastIn(text);
    if (end > 0) {
      const whole = text.slice(0, end);
      yield { text: whole, before: lines };
      lines += lineEnds(whole);
      text = text.slice(end);
      ends = new RecordEnds();
    }
    if (text.length > LONGEST) {
      throw new ChurnError(
        'invalid-file',
        `${source}, line ${lines + 1}: a record of more than ${LONGEST} characters; is a quote opened and never closed?`,
      );
    }
  }
  text += orRefuse(() => decoder.end());
  if (text !== '') yield { text, before: lines };
}

/** Finds where records end in a text that grows, and looks at each character once. */
class RecordEnds {
  #inside = false;
  #seen = 0;
  #end = 0;

  /**
   * Where the last whole record of the text ends; 0 where none does for certain. A line end is inside a field exactly where the quotes
   * before it are odd in number.
   */
  lastIn(text: string): number {
    // Most files have no quotes, and then the last line end is all there is to find.
    if (!this.#inside && !text.includes('"', this.#seen)) {
      // A carriage return at the very end may have its line feed in what comes next.
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
      const last = Math.max(whole.lastIndexOf('\n'), whole.lastIndexOf('\r'));
      // One that was seen before may stand inside of quotes.
      if (last >= this.#seen) this.#end = last + 1;
      this.#seen = whole.length;
      return this.#end;
    }
    const marks = /"|\r\n|\n|\r/g;
    marks.lastIndex = this.#seen;
    for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
      if (mark[0] === '\r' && marks.lastIndex === text.length) {
        this.#seen = mark.index;
        return this.#end;
      }
      if (mark[0] === '"') this.#inside = !this.#inside;
      else if (!this.#inside) this.#end = marks.lastIndex;
    }
    this.#seen = text.length;
    return this.#end;
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') count++;
  }
  return count;
}
