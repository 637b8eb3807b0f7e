import type { Cell, Table, TableSchema } from '@churn/core';
import { readCsvBatch } from '../csv/csv.js';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { readJsonLines } from '../json/json-lines.js';
import type { ValueOptions } from './cell-reader.js';
import { convertRaw, convertRecords } from './convert-records.js';
import { type InvalidCell, invalidValuesText } from './invalid-value.js';
import type { RecordBatch, RecordSource, RejectedRow } from './record-format.js';
import type { RecordPart } from './record-part.js';

/** Rows of an input, as a table and in their original form. */
export interface RowBatch {
  /** The rows with the columns of the schema. */
  readonly table: Table;
  /** The line or position of each row in the input, counted from 1. */
  readonly lines: ArrayLike<number>;
  /** The rejected rows, in input order. */
  readonly rejected: readonly RejectedRow[];
  /** The delimiter of CSV. */
  readonly delimiter?: string;
  /** The original text of a row of the table. */
  text(row: number): string;
  /**
   * Formats rows as in the input, unchanged except for added values.
   * @param rows of the table, ascending.
   * @param added one array per added column, with a value for each of these rows.
   */
  format(rows: Int32Array, added: readonly ArrayLike<Cell>[]): string | Uint8Array;
}

/** An input as batches of rows, in order. */
export interface RowSource {
  /** Its name in messages. */
  readonly name: string;
  /** @param added the columns to be added, default none; it is an error if the input already has one. */
  batches(added?: TableSchema): AsyncIterable<RowBatch>;
  /** Used instead of `batches` for formats that other threads can read: the unread parts, for `readRowPart`. */
  parts?(added?: TableSchema): AsyncIterable<RecordPart>;
  /** The end of the output. */
  end(): string | Uint8Array;
}

/** How the rows of an input are read. */
export interface RowOptions extends ValueOptions {
  /** The columns of the table, all of which the input must have. */
  readonly schema: DatasetSchema;
}

/**
 * Reads an input row by row into tables, rejecting rows with invalid values.
 *
 * ```ts
 * const source = readRows(await csv.open('customers.csv'), { schema: [{ name: 'age', kind: 'numeric' }] });
 * for await (const { table, rejected } of source.batches()) { … }
 * ```
 */
export function readRows(source: RecordSource, options: RowOptions): RowSource {
  return {
    name: source.name,
    async *batches(added = []) {
      for await (const batch of source.batches(options.schema, added)) yield toRows(batch, options);
    },
    ...(source.parts && { parts: (added = []) => source.parts!(options.schema, added) }),
    end: () => source.end(),
  };
}

/** Reads a part of an input as `readRows` does, in any thread. */
export function readRowPart(part: RecordPart, options: RowOptions): RowBatch {
  return toRows(part.format === 'csv' ? readCsvBatch(part) : readJsonLines(part), options);
}

function toRows(batch: RecordBatch, options: RowOptions): RowBatch {
  const { lines } = batch;
  const columns = options.schema.map(({ name }) => name);
  const { raw } = batch;
  const converting = { ...options, columns };
  const { table, invalidValues } = raw ? convertRaw(raw, converting) : convertRecords(batch, converting);
  const { delimiter } = batch;
  if (invalidValues.length === 0) {
    const { rejected } = batch;
    const text = (row: number) => batch.text(row);
    return {
      ...{ table, lines, rejected, text, ...(delimiter !== undefined && { delimiter }) },
      format: (rows, added) => batch.write(Array.from(rows), added),
    };
  }
  const byRow = new Map<number, InvalidCell[]>();
  for (const invalidValue of invalidValues)
    byRow.set(invalidValue.row, [...(byRow.get(invalidValue.row) ?? []), invalidValue]);
  const all = Array.from({ length: lines.length }, (_, record) => record);
  const kept = all.filter((record) => !byRow.has(record));
  const rejected = Array.from(byRow, ([record, all]): RejectedRow => {
    return { line: lines[record], reason: invalidValuesText(all), row: batch.text(record) };
  });
  return {
    table: table.take(kept),
    lines: kept.map((record) => lines[record]),
    rejected: [...batch.rejected, ...rejected].sort((a, b) => a.line - b.line),
    ...(delimiter !== undefined && { delimiter }),
    text: (row) => batch.text(kept[row]),
    format: (rows, added) =>
      batch.write(
        Array.from(rows, (row) => kept[row]),
        added,
      ),
  };
}
