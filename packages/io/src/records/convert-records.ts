import { ChurnError, type Column, missingColumn, Table } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { quoted } from '../text/quoted.js';
import type { ColumnEvidence } from '../typing/column-evidence.js';
import { inspectRecords } from '../typing/inspect-records.js';
import { shownText } from '../typing/tally.js';
import type { ValueOptions } from './cell-reader.js';
import { A_DATE, A_NUMBER } from './kind.js';
import type { RowMisfit } from './misfit.js';
import { readColumn } from './read-column.js';
import { columnNames, type Records } from './records.js';

export interface ConvertOptions extends ValueOptions {
  /** The columns to convert, in this order; default all. */
  readonly columns?: readonly string[];
  /** What is known of columns, so that it must not be found out; columns that the records lack are passed over. */
  readonly schema?: DatasetSchema;
}

/** A table, and what did not fit it. */
export interface ConvertedRecords {
  readonly table: Table;
  /** Its columns as they were read: those of the schema, and of the others what their values tell. */
  readonly schema: DatasetSchema;
  /** Values that do not fit their columns, column by column; the table has missing values in their places. */
  readonly misfits: readonly RowMisfit[];
}

/**
 * Converts records to a table. It is the one way from what was read to a table, whatever the format: what does not fit is gathered, so
 * that the caller may refuse it all or reject single rows. Columns that the schema does not know are what `inspectRecords` finds.
 *
 * @throws `column-name` where one of `columns` is not among them.
 */
export function convertRecords(from: Records, options: ConvertOptions = {}): ConvertedRecords {
  const { source, records } = from;
  const names = columnNames(from.header);
  const positions = new Map(names.map((name, position) => [name, position]));
  const wanted = options.columns ?? names;
  const lacking = wanted.find((name) => !positions.has(name));
  if (lacking !== undefined) {
    throw new ChurnError('column-name', `${source}: ${missingColumn(lacking, names).message}`);
  }
  const known = new Map(options.schema?.map((column) => [column.name, column]));
  const unknown = wanted.filter((name) => !known.has(name));
  const found = new Map(
    inspectRecords(from, { ...options, columns: unknown }).map((evidence) => [
      evidence.column.name,
      evidence,
    ]),
  );
  const schema = wanted.map((name) => known.get(name) ?? found.get(name)!.column);
  const misfits: RowMisfit[] = [];
  const pairs = schema.map((column): [string, Column] => {
    const { name } = column;
    const position = positions.get(name)!;
    const values = records.map((record) => record[position]);
    const read = readColumn(values, column, options);
    for (const misfit of oddValues(values, found.get(name))) misfits.push(misfit);
    for (const misfit of read.misfits) misfits.push({ column: name, ...misfit });
    return [name, read.column];
  });
  return { table: Table.fromColumns(pairs, records.length), schema, misfits };
}

/** What is odd of a column that nobody has told of is a misfit here, though later readers take it for missing. */
function oddValues(values: readonly unknown[], evidence?: ColumnEvidence): RowMisfit[] {
  if (!evidence?.odd.length) return [];
  const { column, odd } = evidence;
  const texts = new Set(odd.map(({ text }) => text));
  const expected = column.kind === 'date' ? A_DATE : A_NUMBER;
  return values.flatMap((value, row) => {
    const text = shownText(value);
    if (!texts.has(text)) return [];
    return [{ column: column.name, row, expected, came: typeof value === 'string' ? quoted(value) : text }];
  });
}
