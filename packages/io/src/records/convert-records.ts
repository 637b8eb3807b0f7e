import { ChurnError, type Column, missingColumn, Table } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { normalized } from '../text/canonical-text.js';
import { quoted } from '../text/quoted.js';
import type { TypedColumn } from '../typing/inspect-column.js';
import { typeRecords } from '../typing/inspect-records.js';
import { shownText } from '../typing/tally.js';
import type { ValueOptions } from './cell-reader.js';
import type { InvalidCell } from './invalid-value.js';
import { A_DATE, A_NUMBER } from './kind.js';
import { type RawColumn, type RawRecords, rawRecords } from './raw-records.js';
import { columnNames, type Records } from './records.js';

export interface ConvertOptions extends ValueOptions {
  /** The columns to convert, in this order; default all. */
  readonly columns?: readonly string[];
  /** What is known of columns, so that it must not be found out; columns that the records lack are ignored. */
  readonly schema?: DatasetSchema;
}

/** A table, and what did not fit it. */
export interface ConvertedRecords {
  readonly table: Table;
  /** Its columns as they were read: those of the schema, and of the others what their values tell. */
  readonly schema: DatasetSchema;
  /** Values that do not fit their columns, column by column; the table has missing values in their places. */
  readonly invalidValues: readonly InvalidCell[];
}

/**
 * Converts records to a table. It is the one way from what was read to a table, whatever the format: what does not fit is gathered, so
 * that the caller may refuse it all or reject single rows. Columns that the schema does not know are what `inspectRecords` finds.
 *
 * @throws `column-name` if one of `columns` is not among them.
 */
export function convertRecords(from: Records, options: ConvertOptions = {}): ConvertedRecords {
  return convertRaw(rawRecords(from), options);
}

/** What `convertRecords` does, of records by column. */
export function convertRaw(from: RawRecords, options: ConvertOptions): ConvertedRecords {
  const { source, nRows } = from;
  const names = columnNames(from.header);
  const positions = new Map(names.map((name, position) => [name, position]));
  const wanted = options.columns ?? names;
  const positionOf = (name: string) => positions.get(normalized(name));
  const lacking = wanted.filter((name) => positionOf(name) === undefined);
  if (lacking.length > 0) {
    throw new ChurnError('column-name', `${source}: ${missingColumn(lacking, names).message}`);
  }
  const known = new Map(options.schema?.map((column) => [column.name, column]));
  const unknown = wanted.filter((name) => !known.has(name));
  const found = new Map(
    typeRecords(from, { ...options, columns: unknown }).map((typed) => [typed.column.name, typed]),
  );
  const schema = wanted.map((name) => known.get(name) ?? found.get(name)!.column);
  const invalidValues: InvalidCell[] = [];
  const pairs = schema.map((column): [string, Column] => {
    const { name } = column;
    const position = positionOf(name)!;
    const raw = from.column(position);
    const read = raw.read(column, options);
    for (const invalidValue of oddValues(raw, found.get(name))) invalidValues.push(invalidValue);
    for (const invalidValue of read.invalidValues) invalidValues.push({ column: name, ...invalidValue });
    return [name, read.column];
  });
  return { table: Table.fromColumns(pairs, nRows), schema, invalidValues };
}

/** What is odd of a column that nobody has told of is a misfit here, though later readers take it for missing. */
function oddValues(raw: RawColumn, typed?: TypedColumn): InvalidCell[] {
  if (!typed?.odd.size) return [];
  const { column, odd } = typed;
  const expected = column.kind === 'date' ? A_DATE : A_NUMBER;
  const invalidValues: InvalidCell[] = [];
  let row = 0;
  for (const value of raw.values) {
    const text = shownText(value);
    if (odd.has(text)) {
      const received = typeof value === 'string' ? quoted(value) : text;
      invalidValues.push({ column: column.name, row, expected, received });
    }
    row++;
  }
  return invalidValues;
}
