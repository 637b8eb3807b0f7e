import { extname } from 'node:path';
import { ChurnError } from '@churn/core';
import {
  csv,
  type DatasetSchema,
  type FileRecords,
  formatOf,
  jsonLines,
  type RecordFormat,
  type RowOptions,
  type RowSource,
  readRows,
  type SourceOptions,
} from '@churn/io';
import { arrow } from '@churn/io/arrow';
import { queryRecords } from '@churn/io/duckdb';
import { excel } from '@churn/io/excel';
import { parquet } from '@churn/io/parquet';
import { type DataConfig, dataName } from './config/config.js';
import type { ScoringRecord } from './model/training-record.js';
import { STANDARD_STREAM } from './scoring/standard-stream.js';

/** How data and rows may be written; what the name of a file does not tell is CSV. */
const FORMATS = [csv, jsonLines, parquet, arrow, excel] as const;

/** The end of the name of a file that is compressed. */
const COMPRESSED = /\.(gz|zst)$/i;

/** The format of a file: the one that is named, or that of the end of its name. */
export function fileFormat(file: string, name?: string): RecordFormat {
  if (name === undefined && /\.json(\.gz|\.zst)?$/i.test(file)) {
    throw new ChurnError(
      'invalid-file',
      `${file}: expected JSON lines, one object per line, in a file that is called .jsonl; documents of JSON are not read`,
    );
  }
  return FORMATS.find((format) => format.name === name) ?? formatOf(file, FORMATS);
}

/**
 * The records that a configuration is about: of its file, or of its query.
 * @throws `invalid-file` if they cannot be read.
 */
export function readData(
  { file, query, delimiter, encoding, sheet }: DataConfig,
  schema: DatasetSchema,
): Promise<FileRecords> {
  if (query !== undefined) return queryRecords(query);
  const name = dataName({ file });
  return fileFormat(name).read(name, { delimiter, encoding, sheet, schema });
}

/** How the names of files end whose format is known by that, for messages. */
export const KNOWN_ENDINGS = FORMATS.flatMap(({ endings }) => endings).join(', ');

/** Whether the name of a file tells its format. */
export function hasKnownEnding(file: string): boolean {
  const ending = endingOf(file);
  return FORMATS.some(({ endings }) => endings.includes(ending));
}

/** The name that a file has when it is scored: output is not compressed, and rows of a workbook are written as CSV. */
export function scoredName(file: string, format?: string): string {
  const name = file.replace(COMPRESSED, '');
  return fileFormat(file, format) === excel && endingOf(name) !== '.csv'
    ? `${name.slice(0, name.length - extname(name).length)}.csv`
    : name;
}

function endingOf(file: string): string {
  return extname(file.replace(COMPRESSED, '')).toLowerCase();
}

export interface InputOptions extends SourceOptions {
  /** Default by the name of the file. */
  readonly format?: string;
  /** Whether cells of CSV that a spreadsheet would run as formulas get a `'`; default `false`, as they came. */
  readonly escapeFormulas?: boolean;
}

/** What rows are read by: a model knows all of it. */
export type RowReading = RowOptions & Pick<ScoringRecord, 'delimiter' | 'encoding'>;

/**
 * The rows of a file, or of standard input, for a model. What is not told of how they are written is as in the training data.
 * @throws `invalid-file` if there is no such file; `invalid-parameter` for Parquet from standard input.
 */
export async function openRows(
  file: string,
  reading: RowReading,
  { format: name, escapeFormulas, sheet, ...told }: InputOptions = {},
): Promise<RowSource> {
  const format = fileFormat(file, name);
  const isStream = file === STANDARD_STREAM;
  if (isStream && format === parquet) {
    throw new ChurnError(
      'invalid-parameter',
      '--input -: expected a file, as Parquet is not read from a stream',
    );
  }
  const { delimiter = reading.delimiter, encoding = reading.encoding } = told;
  const options = { delimiter, encoding, sheet, escapeFormulas };
  const source = await format.open(isStream ? process.stdin : file, options);
  return readRows(source, reading);
}

/**
 * Refuses the name of an output that would lie about what is in it: rows go out in the format that they came in, and those of a workbook as
 * CSV.
 * @throws `invalid-parameter` for the ending of another format, and for what is compressed.
 */
export function refuseOutputName(output: string, input: string, format?: string): void {
  if (COMPRESSED.test(output)) {
    throw new ChurnError(
      'invalid-parameter',
      `--output ${output}: expected a name without .gz or .zst: output is not compressed`,
    );
  }
  const ending = extname(output).toLowerCase();
  const named = FORMATS.find(({ endings }) => endings.includes(ending));
  const received = fileFormat(input, format);
  const written = received === excel ? csv : received;
  if (named === undefined || named === written) return;
  throw new ChurnError(
    'invalid-parameter',
    `--output ${output}: expected a name such as scored${written.endings[0]}, since rows of ${received.name} are scored to ${written.name}`,
  );
}
