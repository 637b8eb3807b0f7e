import { ChurnError, type Column, missingColumn, Table } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import type { RowMisfit } from './misfit.js';
import { columnNames, type Records } from './records.js';
import { readTextColumn } from './text-column.js';
import { readTypedColumn } from './typed-column.js';

/** The texts that mean a missing value unless the caller says otherwise. */
export const DEFAULT_MISSING_VALUES: readonly string[] = ['', 'NA', 'N/A', 'null', 'NaN'];

export interface ToTableOptions {
  /** The columns to convert, in this order; default all. */
  readonly columns?: readonly string[];
  /** What is known of columns, so that it must not be guessed; columns that the records lack are passed over. */
  readonly schema?: DatasetSchema;
  /**
   * The texts of CSV that mean a missing value, compared with what is left of a field without the spaces around it, in the same
   * case; default `''`, `NA`, `N/A`, `null`, `NaN`. `Unknown` is a category like any other.
   */
  readonly missingValues?: readonly string[];
}

/** A table, and what did not fit it. */
export interface ConvertedRecords {
  readonly table: Table;
  /** Values that do not fit their columns, column by column; the table has missing values in their places. */
  readonly misfits: readonly RowMisfit[];
}

/**
 * Converts records to a table. It is the one way from what was read to a table, whatever the format: what does not fit is gathered, so
 * that the caller may refuse it all or reject single rows.
 *
 * @throws `column-name` where one of `columns` is not among them.
 */
export function convertRecords(from: Records, options: ToTableOptions = {}): ConvertedRecords {
  const { schema = [], missingValues = DEFAULT_MISSING_VALUES } = options;
  const { source, records, isTyped = false } = from;
  const missing = new Set(missingValues);
  const names = columnNames(from.header);
  const rules = new Map(schema.map((column) => [column.name, column]));
  const misfits: RowMisfit[] = [];
  const pairs = (options.columns ?? names).map((name): [string, Column] => {
    const position = names.indexOf(name);
    if (position < 0) {
      throw new ChurnError('column-name', `${source}: ${missingColumn(name, names).message}`);
    }
    const values = records.map((record) => record[position]);
    const kind = rules.get(name)?.kind;
    const read = isTyped
      ? readTypedColumn(values, kind)
      : readTextColumn(values as readonly string[], kind, missing);
    for (const misfit of read.misfits) misfits.push({ column: name, ...misfit });
    return [name, read.column];
  });
  return { table: Table.fromColumns(pairs, records.length), misfits };
}
