import { ChurnError, columnLength, countMissing, type Table } from '@churn/core';
import { datasetError, violationsOf } from '../dataset/check-dataset.js';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { quoted } from '../text/quoted.js';
import type { ValueOptions } from './cell-reader.js';
import { convertRaw, convertRecords } from './convert-records.js';
import type { InvalidCell } from './invalid-value.js';
import { type InvalidValuesOptions, MAX_INVALID_SHARE } from './invalid-value-policy.js';
import type { RecordSource } from './record-format.js';
import { refuseRejected } from './refuse-rejected.js';
import { invalidValueViolations } from './violation.js';

/** Rows of an input as a table. */
export interface TableBatch {
  /** The rows with the columns of the schema, in its order. */
  readonly table: Table;
  /** The line or position of each row in the input, counted from 1. */
  readonly lines: ArrayLike<number>;
}

export interface TableBatchOptions extends ValueOptions, InvalidValuesOptions {
  /** The columns of the tables, with their formats and rules. */
  readonly schema: DatasetSchema;
}

/**
 * Reads an input of any length into tables in batches, as `toDataset` reads a short one: with one schema, and without skipping rows.
 *
 * ```ts
 * for await (const { table } of readTables(await csv.open('customers.csv'), { schema })) { … }
 * ```
 * @throws `invalid-file` for an invalid record, naming its line; `invalid-data` for invalid values, listing those of the batch, and at the end if
 * more than one in ten values of a column are invalid although `invalidValues` is `missing`; `column-name` if the input lacks a column.
 */
export async function* readTables(
  source: RecordSource,
  { invalidValues: policy = 'error', ...options }: TableBatchOptions,
): AsyncGenerator<TableBatch> {
  const { schema } = options;
  const columns = schema.map(({ name }) => name);
  const invalid = new InvalidValueCounts(source.name);
  for await (const batch of source.batches(schema, [])) {
    refuseRejected(source.name, batch);
    const { lines } = batch;
    const converting = { ...options, columns };
    const { table, invalidValues } = batch.raw
      ? convertRaw(batch.raw, converting)
      : convertRecords(batch, converting);
    const refused = policy === 'error' ? invalidValues : [];
    const rows = new Map(refused.map(({ column }) => [column, new Set<number>()]));
    for (const { column, row } of refused) rows.get(column)?.add(row);
    const violations = [
      ...invalidValueViolations(refused, lines),
      ...violationsOf(table, schema, lines, rows),
    ];
    if (violations.length > 0) throw datasetError(source.name, violations, schema, columns);
    invalid.add(table, invalidValues, lines);
    yield { table, lines };
  }
  invalid.refuseMany();
}

/** The invalid values of a column. */
interface InvalidCount {
  count: number;
  readonly first: InvalidCell & { readonly line: number };
}

/** Counts the invalid values that are read as missing. */
class InvalidValueCounts {
  readonly #source: string;
  readonly #fits = new Map<string, number>();
  readonly #invalid = new Map<string, InvalidCount>();

  constructor(source: string) {
    this.#source = source;
  }

  add(table: Table, invalidValues: readonly InvalidCell[], lines: ArrayLike<number>): void {
    for (const [name, column] of table.entries()) {
      const fits = columnLength(column) - countMissing(column);
      this.#fits.set(name, (this.#fits.get(name) ?? 0) + fits);
    }
    for (const invalidValue of invalidValues) {
      const known = this.#invalid.get(invalidValue.column);
      if (known) known.count++;
      else {
        const first = { ...invalidValue, line: lines[invalidValue.row] };
        this.#invalid.set(invalidValue.column, { count: 1, first });
      }
    }
  }

  /** @throws `invalid-data` if more than one in ten values of a column are invalid. */
  refuseMany(): void {
    for (const [name, { count, first }] of this.#invalid) {
      const present = count + (this.#fits.get(name) ?? 0);
      if (count <= MAX_INVALID_SHARE * present) continue;
      throw new ChurnError(
        'invalid-data',
        `${this.#source}, column ${quoted(name)}: expected ${first.expected}, got ${first.received} in line ${first.line}, ` +
          `and invalid values in ${count} of ${present} rows that have a value`,
      );
    }
  }
}
