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

/** Some rows of an input as a table. */
export interface TableBatch {
  /** All batches have the columns of the schema, in its order. */
  readonly table: Table;
  /** Where each row stands in the input: its line, or its place, counted from 1. */
  readonly lines: ArrayLike<number>;
}

export interface TableBatchOptions extends ValueOptions, InvalidValuesOptions {
  /** The columns of the tables, how they are written and what they must be. */
  readonly schema: DatasetSchema;
}

/**
 * Reads an input of any length into tables, some rows after the others, as `toDataset` reads one of a few rows: by one schema, and no row
 * is left out.
 *
 * ```ts
 * for await (const { table } of readTables(await csv.open('customers.csv'), { schema })) …
 * ```
 * @throws `invalid-file` for a record that is none, naming its line; `invalid-data` for values that do not fit or are not what the schema
 * says, with those of the batch in one message, and at the end if more than one in ten of a column do not fit though `misfits` is
 * `missing`; `column-name` if the input lacks a column.
 */
export async function* readTables(
  source: RecordSource,
  { invalidValues: policy = 'error', ...options }: TableBatchOptions,
): AsyncGenerator<TableBatch> {
  const { schema } = options;
  const columns = schema.map(({ name }) => name);
  const odd = new OddValues(source.name);
  for await (const batch of source.batches(schema, [])) {
    refuseRejected(source.name, batch);
    const { lines } = batch;
    const told = { ...options, columns };
    const { table, invalidValues } = batch.raw ? convertRaw(batch.raw, told) : convertRecords(batch, told);
    const refused = policy === 'error' ? invalidValues : [];
    const rows = new Map(refused.map(({ column }) => [column, new Set<number>()]));
    for (const { column, row } of refused) rows.get(column)?.add(row);
    const violations = [
      ...invalidValueViolations(refused, lines),
      ...violationsOf(table, schema, lines, rows),
    ];
    if (violations.length > 0) throw datasetError(source.name, violations, schema, columns);
    odd.add(table, invalidValues, lines);
    yield { table, lines };
  }
  odd.refuseMany();
}

/** Values of a column that do not fit. */
interface Odd {
  count: number;
  readonly first: InvalidCell & { readonly line: number };
}

/** Counts the values that are read as missing, since they do not fit their columns. */
class OddValues {
  readonly #source: string;
  readonly #fits = new Map<string, number>();
  readonly #odd = new Map<string, Odd>();

  constructor(source: string) {
    this.#source = source;
  }

  add(table: Table, invalidValues: readonly InvalidCell[], lines: ArrayLike<number>): void {
    for (const [name, column] of table.entries()) {
      const fits = columnLength(column) - countMissing(column);
      this.#fits.set(name, (this.#fits.get(name) ?? 0) + fits);
    }
    for (const invalidValue of invalidValues) {
      const odd = this.#odd.get(invalidValue.column);
      if (odd) odd.count++;
      else {
        const first = { ...invalidValue, line: lines[invalidValue.row] };
        this.#odd.set(invalidValue.column, { count: 1, first });
      }
    }
  }

  /** @throws `invalid-data` if a column has so many that it is no column of its kind. */
  refuseMany(): void {
    for (const [name, { count, first }] of this.#odd) {
      const present = count + (this.#fits.get(name) ?? 0);
      if (count <= MAX_INVALID_SHARE * present) continue;
      throw new ChurnError(
        'invalid-data',
        `${this.#source}, column ${quoted(name)}: expected ${first.expected}, got ${first.received} in line ${first.line}, ` +
          `and such in ${count} of ${present} rows that have a value`,
      );
    }
  }
}
