import { ChurnError } from '@churn/core';
import { csv, formatOf, jsonLines, type RecordFormat, type RowSource, readRows } from '@churn/io';
import { parquet } from '@churn/io/parquet';
import { STANDARD_STREAM } from './scoring/output.js';
import type { ScoringModel } from './scoring/scoring-model.js';

/** How data and rows may be written; what the name of a file does not tell is CSV. */
const FORMATS = [csv, jsonLines, parquet] as const;

/** Their names, for `--format`. */
export const FORMAT_NAMES = FORMATS.map(({ name }) => name);

/** The format of a file: the one that is named, or that of the end of its name. */
export function fileFormat(file: string, name?: string): RecordFormat {
  return FORMATS.find((format) => format.name === name) ?? formatOf(file, FORMATS);
}

export interface InputOptions {
  /** Default by the name of the file. */
  readonly format?: string;
  /** Whether cells of CSV that a spreadsheet would run as formulas get a `'`; default `false`, as they came. */
  readonly escapeFormulas?: boolean;
}

/**
 * The rows of a file, or of standard input, for a model.
 * @throws `invalid-file` where there is no such file; `invalid-parameter` for Parquet from standard input.
 */
export async function openRows(
  file: string,
  scoring: ScoringModel,
  { format: name, escapeFormulas }: InputOptions = {},
): Promise<RowSource> {
  const format = fileFormat(file, name);
  const isStream = file === STANDARD_STREAM;
  if (isStream && format === parquet) {
    throw new ChurnError(
      'invalid-parameter',
      '--input -: expected a file, as Parquet is not read from a stream',
    );
  }
  const source = await format.open(isStream ? process.stdin : file, {
    delimiter: scoring.delimiter,
    escapeFormulas,
  });
  return readRows(source, scoring);
}
