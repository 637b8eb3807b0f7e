import { ChurnError } from '@churn/core';
import { type CsvRecords, columnNames } from '../records/records.js';
import { firstBadLine } from '../text/decode-utf8.js';
import { quoted } from '../text/quoted.js';
import { Utf8Transcoder } from '../text/text-decoder.js';
import { decodeLossless, hasInvalidBytes, INVALID_BYTES, showInvalidBytes } from '../text/utf8-decoder.js';
import { detectDelimiter, refuseOtherDelimiter } from './detect-delimiter.js';
import { isFilledFooter, isFooter } from './footer.js';
import { checkDelimiter, checkHeader, type ParseCsvOptions } from './parse-csv.js';
import { separatorLine } from './separator-line.js';
import { type SplitText, splitPlain } from './split-plain.js';
import { splitQuoted } from './split-quoted.js';
import {
  countLineEnds,
  lineEndEnd,
  notText,
  recordEnd,
  skipLineEnds,
  type WholeRecords,
  wholeRecords,
} from './whole-records.js';

/** A rejected record, and the reason. */
export interface RejectedRecord {
  /** The line on which it starts, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** Its text in the file, without the line end; bytes that are not UTF-8 are shown as `\xE9`. */
  readonly text: string;
}

/** Consecutive records of a CSV file. */
export interface CsvBatch extends CsvRecords {
  /** The delimiter. */
  readonly delimiter: string;
  /** The encoding of the bytes, as named by `TextDecoder`. */
  readonly encoding: string;
  /** Excel's first line, such as `sep=;`, without its line end; usually empty. */
  readonly separatorText: string;
  /** The text of the header, without its line end. */
  readonly headerText: string;
  /** The text of each record, without its line end. */
  readonly texts: readonly string[];
  /**
   * Rejected records of the same part of the file: those with too few or too many fields, those that look like a footer and, with
   * `rejectInvalidUtf8`, those that are not UTF-8.
   */
  readonly rejected: readonly RejectedRecord[];
}

export interface CsvBatchOptions extends Pick<ParseCsvOptions, 'source' | 'delimiter' | 'encoding'> {
  /** Expected column names. Without `delimiter`, the delimiter that yields most of them is chosen. */
  readonly columns?: readonly string[];
  /** The approximate number of bytes per batch. Default 2 ** 20. */
  readonly batchSize?: number;
  /** Whether to reject records that are not UTF-8 instead of throwing at the first. Default `false`. */
  readonly rejectInvalidUtf8?: boolean;
}

/**
 * Reads CSV in batches, so that a file of any length needs little memory. The records are those of `parseCsv`, but records with another number of
 * fields than the header, and those that look like a footer, are rejected instead of throwing.
 *
 * ```ts
 * for await (const { records, lines } of readCsvBatches(createReadStream('customers.csv'))) { … }
 * ```
 *
 * @param chunks bytes, split anywhere.
 * @throws `invalid-file`, naming source and line, as `parseCsv` except for the number of fields.
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

/** Whole records of a CSV file before they are split, with its header: plain data, which can be sent to another thread. */
export interface CsvPart extends WholeRecords {
  readonly head: Header;
  /** Whether records that are not UTF-8 are rejected. */
  readonly rejectInvalidUtf8: boolean;
}

/** The parts of a CSV file, without its header. @throws as `readCsvBatches`, except for errors in single records. */
export async function* csvParts(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvBatchOptions,
): AsyncGenerator<CsvPart> {
  const { source = 'CSV text', encoding, batchSize = 2 ** 20, rejectInvalidUtf8 = false } = options;
  if (options.delimiter !== undefined) checkDelimiter(options.delimiter);
  const transcoder = new Utf8Transcoder(encoding);
  const begun = new Beginning(source, transcoder, options);
  let hasRows = false;
  for await (const part of wholeRecords(chunks, transcoder, source, batchSize)) {
    const { bytes, before } = begun.head ? part : begun.read(part);
    if (begun.head === undefined || skipLineEnds(bytes, 0) === bytes.length) continue;
    hasRows = true;
    yield { head: begun.head, bytes, before, rejectInvalidUtf8 };
  }
  if (!begun.head) throw new ChurnError('invalid-file', `${source}: empty, expected a header line and rows`);
  if (!hasRows) throw new ChurnError('invalid-file', `${source}: a header line, but no rows`);
}

/** Reads everything before the rows. */
class Beginning {
  readonly #source: string;
  readonly #transcoder: Utf8Transcoder;
  readonly #options: CsvBatchOptions;
  /** Excel's first line, if there is one, and the delimiter. */
  #first: ReturnType<typeof separatorLine> | undefined;
  head: Header | undefined;

  constructor(source: string, transcoder: Utf8Transcoder, options: CsvBatchOptions) {
    this.#source = source;
    this.#transcoder = transcoder;
    this.#options = options;
  }

  /** The rest of the first part, or of one after only empty lines; sets `head` unless the part is empty. */
  read({ bytes, before }: WholeRecords): WholeRecords {
    const source = this.#source;
    const { encoding } = this.#transcoder;
    let start = 0;
    if (this.#first === undefined) {
      const end = recordEnd(bytes, skipLineEnds(bytes, 0));
      const text = decodeLossless(bytes.subarray(0, end));
      const { delimiter, columns } = this.#options;
      this.#first = separatorLine(text, delimiter ?? (columns ? detectDelimiter(text, columns) : ','));
      if (this.#first.line !== '') start = lineEndEnd(bytes, end);
    }
    const { delimiter, line: separatorText } = this.#first;
    const from = skipLineEnds(bytes, start);
    if (from === bytes.length) return { bytes: bytes.subarray(from), before };
    const end = recordEnd(bytes, from);
    const line = before + countLineEnds(bytes.subarray(0, from)) + 1;
    const text = decodeLossless(bytes.subarray(from, end));
    refuseOtherDelimiter(text, delimiter, source);
    const [header] = splitText(text, { source, delimiter, before: line - 1 }).records;
    if (hasInvalidBytes(text)) throw notText(`${source}, line ${line}`, encoding);
    checkHeader(header, source, line);
    this.head = { source, delimiter, encoding, separatorText, header, headerText: text };
    const next = lineEndEnd(bytes, end);
    return { bytes: bytes.subarray(next), before: before + countLineEnds(bytes.subarray(0, next)) };
  }
}

/** The records of a part. @throws `invalid-file` for a misplaced quote, and for bytes that are not UTF-8 unless they are rejected. */
export function readCsvPart({ head, bytes, before, rejectInvalidUtf8 }: CsvPart): CsvBatch {
  const { source, delimiter, header, encoding } = head;
  const text = decodeLossless(bytes);
  const isInvalid = hasInvalidBytes(text);
  if (isInvalid && !rejectInvalidUtf8) {
    throw notText(`${source}, line ${before + firstBadLine(bytes)}`, encoding);
  }
  return batchOf(head, splitText(text, { source, delimiter, before, header }), isInvalid);
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

/** @param isInvalid whether any record is not UTF-8. */
function batchOf(head: Header, { records, texts, lines }: SplitText, isInvalid: boolean): CsvBatch {
  const kept: string[][] = [];
  const keptTexts: string[] = [];
  const keptLines: number[] = [];
  const rejected: RejectedRecord[] = [];
  for (let i = 0; i < records.length; i++) {
    const line = lines[i];
    const reason =
      isInvalid && hasInvalidBytes(texts[i]) ? INVALID_BYTES : rejectionReason(records[i], head.header);
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

/** Why a record is not a row; `undefined` if it is one. */
function rejectionReason(fields: readonly string[], header: readonly string[]): string | undefined {
  const count = fields.length;
  if (count === header.length) return isFilledFooter(fields) ? 'looks like a footer' : undefined;
  const seems = count < header.length && isFooter(fields) ? 'looks like a footer; ' : '';
  const lacking = count < header.length ? `; no value for column ${quoted(columnNames(header)[count])}` : '';
  return `${seems}expected ${header.length} fields, got ${count}${lacking}`;
}
