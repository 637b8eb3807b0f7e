import { extname } from 'node:path';
import type { Cell, TableSchema } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { uncompressedName } from '../files/content.js';
import type { RawRecords } from './raw-records.js';
import type { RecordPart } from './record-part.js';
import type { FileRecords, Records } from './records.js';

/** A way to write records in a file: `csv`, `jsonLines`, or `parquet` of `@churn/io/parquet`. */
export interface RecordFormat {
  /** Such as `csv`. */
  readonly name: string;
  /** How the names of such files end, in lower case, with the point. */
  readonly endings: readonly string[];
  /** Whether the rows of a part of the input are written together, so that their order across parts is that of the input; default `false`. */
  readonly isColumnar?: boolean;
  /**
   * All records of a file, to be learned from or looked at.
   * @throws `invalid-file` if it cannot be read, or a record is amiss, naming its line.
   */
  read(file: string, options?: ReadOptions): Promise<FileRecords>;
  /**
   * Begins to read a file or a stream of any length, and to write its records again with columns added.
   * @throws `invalid-file` if there is no such file.
   */
  open(input: string | AsyncIterable<Uint8Array>, options?: OpenOptions): Promise<RecordSource>;
}

/** How the records stand in a file, if it does not tell by itself. */
export interface SourceOptions {
  /** What stands between two fields of CSV; default what its header tells, by the names of columns that are known. */
  readonly delimiter?: string;
  /** The encoding of CSV without a byte order mark, by a name that `TextDecoder` knows, such as `windows-1252`; default UTF-8. */
  readonly encoding?: string;
  /** The sheet of a workbook of Excel; default the first. */
  readonly sheet?: string;
}

export interface ReadOptions extends SourceOptions {
  /** What is known of its columns: a number of JSON in a column of categories is the text that it is written as. */
  readonly schema?: DatasetSchema;
}

export interface OpenOptions extends SourceOptions {
  /** What a stream is called in messages; default `standard input`. */
  readonly source?: string;
  /** Whether cells of CSV that a spreadsheet would run as formulas are written with a `'`; default `false`, as they came. */
  readonly escapeFormulas?: boolean;
}

/** A record that cannot be used. */
export interface RejectedRow {
  /** The line on which it starts, or its place, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** As it came. */
  readonly row: string;
}

/** Some records of a file, one after another, and those of the same part that are none. */
export interface RecordBatch extends Records {
  /** The records by column, where the reader has them so. */
  readonly raw?: RawRecords | undefined;
  /** In their order. */
  readonly rejected: readonly RejectedRow[];
  /** A record as it came, as text. */
  text(record: number): string;
  /**
   * Records as they came, each with values added to it, in the format of the input.
   * @param added of each column that `batches` was told of, a value for each of these records.
   */
  write(records: readonly number[], added: readonly ArrayLike<Cell>[]): string | Uint8Array;
}

/** A file that is being read. */
export interface RecordSource {
  /** As messages call it. */
  readonly name: string;
  /**
   * Its records in batches, in their order.
   * @param schema the columns that are read; others go out as they came.
   * @param added the columns that will be added; one that the input has already is refused.
   * @throws `column-name` if the input lacks one of the columns; `invalid-file`.
   */
  batches(schema: DatasetSchema, added: TableSchema): AsyncIterable<RecordBatch>;
  /** The same before they are read, of a format that other threads can read in parts; instead of `batches`. */
  parts?(schema: DatasetSchema, added: TableSchema): AsyncIterable<RecordPart>;
  /** What ends the output. */
  end(): string | Uint8Array;
}

/** The format of a file by the end of its name, before `.gz` or `.zst`; the first if that does not tell. */
export function formatOf(file: string, formats: readonly [RecordFormat, ...RecordFormat[]]): RecordFormat {
  const ending = extname(uncompressedName(file)).toLowerCase();
  return formats.find(({ endings }) => endings.includes(ending)) ?? formats[0];
}
