import type { Table } from '@churn/core';
import { type ConvertOptions, convertRecords } from '../records/convert-records.js';
import { type InvalidValuesOptions, settleInvalidValues } from '../records/invalid-value-policy.js';
import { columnNames, type Records } from '../records/records.js';
import type { Violation } from '../records/violation.js';
import { quotedList } from '../text/quoted.js';
import { orderDates } from '../typing/order-dates.js';
import { datasetError, violationsOf } from './check-dataset.js';
import type { DatasetSchema } from './dataset-schema.js';

/** A table that is what its schema says. */
export interface ReadDataset {
  readonly table: Table;
  /** All of its columns as they were read, those that the schema did not know among them. */
  readonly schema: DatasetSchema;
  /** Values that did not fit and were read as missing, one entry per column and what it expects. */
  readonly invalidValues: readonly Violation[];
}

/**
 * Converts records to a table whose columns are what `schema` says: `toTable` and `assertDataset` in one, so that one message tells
 * everything that is wrong. Dates whose order is not declared have the one that all values of their column tell.
 *
 * @param options with `columns`, other columns are neither converted nor checked.
 * @throws `invalid-data`, with all violations in one message; `column-name` if one of `columns` is neither in the file nor in the schema.
 */
export function toDataset(
  from: Records,
  schema: DatasetSchema,
  options: Omit<ConvertOptions, 'schema'> & InvalidValuesOptions = {},
): ReadDataset {
  const names = columnNames(from.header);
  const present = new Set(names);
  const wanted = options.columns && new Set(options.columns);
  const chosen = wanted ? schema.filter(({ name }) => wanted.has(name)) : schema;
  const { schema: rules, undecided } = orderDates(from, chosen, options);
  const ruled = new Set(rules.map(({ name }) => name));
  const columns = options.columns?.filter((name) => present.has(name) || !ruled.has(name));

  const converted = convertRecords(from, { ...options, columns, schema: rules });
  const { table, invalidValues } = converted;
  const { refused, missing, note } = settleInvalidValues(converted, from.lines, options);
  // A cell that is told as a misfit is not told again as missing.
  const refusedColumns = new Set(refused.map(({ column }) => column));
  const told = new Map<string, Set<number>>();
  for (const { column, row } of invalidValues) {
    if (refusedColumns.has(column)) told.set(column, (told.get(column) ?? new Set()).add(row));
  }
  const all = [...refused, ...violationsOf(table, rules, from.lines, told)];
  if (all.length === 0) return { table, schema: converted.schema, invalidValues: missing };
  const inOrder = rules.flatMap(({ name }) => all.filter(({ column }) => column === name));
  // What is of no rule: an odd text among numbers, or a value that no kind of column can hold.
  const others = all.filter(({ column }) => !ruled.has(column));
  const hint = undecided.length > 0 ? askForOrder(undecided) : refused.length > 0 ? note : '';
  throw datasetError(from.source, [...inOrder, ...others], rules, names, hint);
}

function askForOrder(columns: readonly string[]): string {
  return `the dates of ${quotedList(columns)} do not tell whether the day or the month comes first: say so by dateOrder`;
}
