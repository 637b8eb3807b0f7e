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

/** The formats of data and rows; CSV is the default if the name of a file does not determine it. */
const FORMATS = [csv, jsonLines, parquet, arrow, excel] as const;

/** The extensions of compressed files. */
const COMPRESSED = /\.(gz|zst)$/i;

/** The format of a file: as specified, or by its extension. */
export function fileFormat(file: string, name?: string): RecordFormat {
  if (name === undefined && /\.json(\.gz|\.zst)?$/i.test(file)) {
    throw new ChurnError(
      'invalid-file',
      `${file}: expected JSON lines, one object per line, in a .jsonl file; JSON documents are not supported`,
    );
  }
  return FORMATS.find((format) => format.name === name) ?? formatOf(file, FORMATS);
}

/**
 * The records of a configuration's file or query.
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

/** The extensions of known formats, for messages. */
export const KNOWN_ENDINGS = FORMATS.flatMap(({ endings }) => endings).join(', ');

/** Whether the extension of a file determines its format. */
export function hasKnownEnding(file: string): boolean {
  const ending = endingOf(file);
  return FORMATS.some(({ endings }) => endings.includes(ending));
}

/** The name of the scored file: output is not compressed, and rows of a workbook are written as CSV. */
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
  /** By default determined by the extension. */
  readonly format?: string;
  /** Whether CSV cells that a spreadsheet would run as formulas get a leading `'`; default `false`. */
  readonly escapeFormulas?: boolean;
}

/** The model's information about how to read rows. */
export type RowReading = RowOptions & Pick<ScoringRecord, 'delimiter' | 'encoding'>;

/**
 * Opens the rows of a file, or of standard input, for a model. The format defaults to that of the training data.
 * @throws `invalid-file` if the file does not exist; `invalid-parameter` for Parquet from standard input.
 */
export async function openRows(
  file: string,
  reading: RowReading,
  { format: name, escapeFormulas, sheet, ...overrides }: InputOptions = {},
): Promise<RowSource> {
  const format = fileFormat(file, name);
  const isStream = file === STANDARD_STREAM;
  if (isStream && format === parquet) {
    throw new ChurnError(
      'invalid-parameter',
      '--input -: expected a file, since Parquet cannot be read from a stream',
    );
  }
  const { delimiter = reading.delimiter, encoding = reading.encoding } = overrides;
  const options = { delimiter, encoding, sheet, escapeFormulas };
  const source = await format.open(isStream ? process.stdin : file, options);
  return readRows(source, reading);
}

/**
 * Rejects the name of an output whose extension contradicts its content: rows are written in the format of the input, and those of a
 * workbook as CSV.
 * @throws `invalid-parameter` for the extension of another format or of a compressed file.
 */
export function refuseOutputName(output: string, input: string, format?: string): void {
  if (COMPRESSED.test(output)) {
    throw new ChurnError(
      'invalid-parameter',
      `--output ${output}: expected a name without .gz or .zst, since output is not compressed`,
    );
  }
  const ending = extname(output).toLowerCase();
  const named = FORMATS.find(({ endings }) => endings.includes(ending));
  const received = fileFormat(input, format);
  const written = received === excel ? csv : received;
  if (named === undefined || named === written) return;
  throw new ChurnError(
    'invalid-parameter',
    `--output ${output}: expected a name such as scored${written.endings[0]}, since rows of ${received.name} are written as ${written.name}`,
  );
}
