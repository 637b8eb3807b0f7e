import { ChurnError, type Column, missingColumn, Table } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { normalized } from '../text/canonical-text.js';
import { quoted } from '../text/quoted.js';
import type { TypedColumn } from '../typing/inspect-column.js';
import { typeRecords } from '../typing/inspect-records.js';
import { shownText } from '../typing/tally.js';
import type { ValueOptions } from './cell-reader.js';
import type { InvalidCell } from './invalid-value.js';
import { A_NUMBER, aDate } from './kind.js';
import { type RawColumn, type RawRecords, rawRecords } from './raw-records.js';
import { columnNames, type Records } from './records.js';

export interface ConvertOptions extends ValueOptions {
  /** The columns to convert, in this order; default all. */
  readonly columns?: readonly string[];
  /** The known columns, whose kinds are not inferred; columns that the records lack are ignored. */
  readonly schema?: DatasetSchema;
}

/** A table, and the values that are invalid in it. */
export interface ConvertedRecords {
  readonly table: Table;
  /** The rules by which its columns were read: those of the schema, or inferred ones. */
  readonly schema: DatasetSchema;
  /** Invalid values, by column; they are missing in the table. */
  readonly invalidValues: readonly InvalidCell[];
}

/**
 * Converts records of any format to a table. Invalid values are collected, so that the caller can reject the records or single rows. The kinds of
 * columns that are not in the schema are inferred as by `inspectRecords`.
 *
 * @throws `column-name` if the records lack one of `columns`.
 */
export function convertRecords(from: Records, options: ConvertOptions = {}): ConvertedRecords {
  return convertRaw(rawRecords(from), options);
}

/** `convertRecords` for records by column. */
export function convertRaw(from: RawRecords, options: ConvertOptions): ConvertedRecords {
  const { source, nRows } = from;
  const names = columnNames(from.header);
  const positions = new Map(names.map((name, position) => [name, position]));
  const wanted = options.columns ?? names;
  const positionOf = (name: string) => positions.get(normalized(name));
  const lacking = wanted.filter((name) => positionOf(name) === undefined);
  if (lacking.length > 0) {
    throw new ChurnError('column-name', `${source}: ${missingColumn(lacking, names, wanted).message}`);
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
    for (const invalidValue of inferredInvalidValues(raw, found.get(name))) invalidValues.push(invalidValue);
    for (const invalidValue of read.invalidValues) invalidValues.push({ column: name, ...invalidValue });
    return [name, read.column];
  });
  return { table: Table.fromColumns(pairs, nRows), schema, invalidValues };
}

/** The invalid values of an inferred column: they are invalid here, although later readers treat them as missing. */
function inferredInvalidValues(raw: RawColumn, typed?: TypedColumn): InvalidCell[] {
  if (!typed?.odd.size) return [];
  const { column, odd } = typed;
  const expected = column.kind === 'date' ? aDate(column.dateOrder) : A_NUMBER;
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
