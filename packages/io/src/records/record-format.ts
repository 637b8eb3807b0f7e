import { extname } from 'node:path';
import type { Cell, TableSchema } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { uncompressedName } from '../files/content.js';
import type { RawRecords } from './raw-records.js';
import type { RecordPart } from './record-part.js';
import type { FileRecords, Records } from './records.js';

/** A file format of records: `csv`, `jsonLines`, or `parquet` of `@churn/io/parquet`. */
export interface RecordFormat {
  /** The name of the format, such as `csv`. */
  readonly name: string;
  /** The file extensions, in lower case, with the point. */
  readonly endings: readonly string[];
  /** Whether rows are written in column-oriented groups rather than one by one; default `false`. */
  readonly isColumnar?: boolean;
  /**
   * Reads all records of a file.
   * @throws `invalid-file` if it cannot be read, or a record is invalid, naming its line.
   */
  read(file: string, options?: ReadOptions): Promise<FileRecords>;
  /**
   * Opens a file or a stream of any length, whose records can be written again with columns added.
   * @throws `invalid-file` if there is no such file.
   */
  open(input: string | AsyncIterable<Uint8Array>, options?: OpenOptions): Promise<RecordSource>;
}

/** How records are stored in a file, if the file does not show it. */
export interface SourceOptions {
  /** The delimiter of CSV; by default detected from the header, using the known column names. */
  readonly delimiter?: string;
  /** The encoding of CSV without a byte order mark, as named by `TextDecoder`, such as `windows-1252`; default UTF-8. */
  readonly encoding?: string;
  /** The sheet of an Excel workbook; default the first. */
  readonly sheet?: string;
}

export interface ReadOptions extends SourceOptions {
  /** The known columns: a JSON number in a category column keeps its text. */
  readonly schema?: DatasetSchema;
}

export interface OpenOptions extends SourceOptions {
  /** The name of a stream in messages; default `standard input`. */
  readonly source?: string;
  /** Whether to prefix CSV cells that a spreadsheet would execute as formulas with `'`; default `false`. */
  readonly escapeFormulas?: boolean;
}

/** A rejected record. */
export interface RejectedRow {
  /** The line on which it starts, or its position, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** Its original text. */
  readonly row: string;
}

/** Consecutive records of a file, and the rejected ones of the same part. */
export interface RecordBatch extends Records {
  /** The records by column, if the reader provides them. */
  readonly raw?: RawRecords | undefined;
  /** The rejected rows, in input order. */
  readonly rejected: readonly RejectedRow[];
  /** The original text of a record. */
  text(record: number): string;
  /**
   * Formats records as in the input, unchanged except for added values.
   * @param added one array per column added in `batches`, with a value for each of these records.
   */
  write(records: readonly number[], added: readonly ArrayLike<Cell>[]): string | Uint8Array;
}

/** An opened file or stream. */
export interface RecordSource {
  /** Its name in messages. */
  readonly name: string;
  /**
   * The records in batches, in order.
   * @param schema the columns to read; others are only written again.
   * @param added the columns to be added; it is an error if the input already has one.
   * @throws `column-name` if the input lacks one of the columns; `invalid-file`.
   */
  batches(schema: DatasetSchema, added: TableSchema): AsyncIterable<RecordBatch>;
  /** Used instead of `batches` for formats that other threads can read: the unread parts. */
  parts?(schema: DatasetSchema, added: TableSchema): AsyncIterable<RecordPart>;
  /** The end of the output. */
  end(): string | Uint8Array;
}

/** The format of a file by its extension, before `.gz` or `.zst`; the first format if no extension matches. */
export function formatOf(file: string, formats: readonly [RecordFormat, ...RecordFormat[]]): RecordFormat {
  const ending = extname(uncompressedName(file)).toLowerCase();
  return formats.find(({ endings }) => endings.includes(ending)) ?? formats[0];
}
