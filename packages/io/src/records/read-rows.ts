import type { Cell, Table, TableSchema } from '@churn/core';
import { readCsvBatch } from '../csv/csv.js';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { readJsonLines } from '../json/json-lines.js';
import type { ValueOptions } from './cell-reader.js';
import { convertRaw, convertRecords } from './convert-records.js';
import { type InvalidCell, invalidValuesText } from './invalid-value.js';
import type { RecordBatch, RecordSource, RejectedRow } from './record-format.js';
import type { RecordPart } from './record-part.js';

/** Some rows of an input, as a table and as they came. */
export interface RowBatch {
  /** The columns that were asked for. */
  readonly table: Table;
  /** Where each row stands in the input: its line, or its place, counted from 1. */
  readonly lines: ArrayLike<number>;
  /** In their order. */
  readonly rejected: readonly RejectedRow[];
  /** What stands between the fields of CSV. */
  readonly delimiter?: string;
  /** A row of the table as it came, as text. */
  text(row: number): string;
  /**
   * Rows as they came, each with the values added to it, in the format of the input.
   * @param rows of the table, in their order.
   * @param added of each column a value for each of these rows.
   */
  format(rows: Int32Array, added: readonly ArrayLike<Cell>[]): string | Uint8Array;
}

/** An input as batches of rows, in its order. */
export interface RowSource {
  /** As messages call it. */
  readonly name: string;
  /** @param added the columns that will be added; one that the input has already is refused. Default none. */
  batches(added?: TableSchema): AsyncIterable<RowBatch>;
  /** The same before they are read, for `readRowPart`, of a format that other threads can read; instead of `batches`. */
  parts?(added?: TableSchema): AsyncIterable<RecordPart>;
  /** What ends the output. */
  end(): string | Uint8Array;
}

/** What the rows of an input are read by. */
export interface RowOptions extends ValueOptions {
  /** The columns of the table, all of which the input must have. */
  readonly schema: DatasetSchema;
}

/**
 * Reads an input row by row into tables: rows with values that do not fit their columns are rejected, and the others are not.
 *
 * ```ts
 * const source = readRows(await csv.open('customers.csv'), { schema: [{ name: 'age', kind: 'numeric' }] });
 * for await (const { table, rejected } of source.batches()) …
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

/** The rows of a part of an input, as `readRows` reads them, in any thread. */
export function readRowPart(part: RecordPart, options: RowOptions): RowBatch {
  return toRows(part.format === 'csv' ? readCsvBatch(part) : readJsonLines(part), options);
}

function toRows(batch: RecordBatch, options: RowOptions): RowBatch {
  const { lines } = batch;
  const columns = options.schema.map(({ name }) => name);
  const { raw } = batch;
  const told = { ...options, columns };
  const { table, invalidValues } = raw ? convertRaw(raw, told) : convertRecords(batch, told);
  const { delimiter } = batch;
  if (invalidValues.length === 0) {
    const { rejected } = batch;
    const text = (row: number) => batch.text(row);
    return {
      ...{ table, lines, rejected, text, ...(delimiter !== undefined && { delimiter }) },
      format: (rows, added) => batch.write(Array.from(rows), added),
    };
  }
  const unfit = new Map<number, InvalidCell[]>();
  for (const invalidValue of invalidValues)
    unfit.set(invalidValue.row, [...(unfit.get(invalidValue.row) ?? []), invalidValue]);
  const all = Array.from({ length: lines.length }, (_, record) => record);
  const kept = all.filter((record) => !unfit.has(record));
  const rejected = Array.from(unfit, ([record, all]): RejectedRow => {
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
