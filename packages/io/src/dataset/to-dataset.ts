import type { Table } from '@churn/core';
import { type ConvertOptions, convertRecords } from '../records/convert-records.js';
import { type InvalidValuesOptions, settleInvalidValues } from '../records/invalid-value-policy.js';
import { columnNames, type Records } from '../records/records.js';
import type { Violation } from '../records/violation.js';
import { quotedList } from '../text/quoted.js';
import { orderDates } from '../typing/order-dates.js';
import { datasetError, violationsOf } from './check-dataset.js';
import type { DatasetSchema } from './dataset-schema.js';

/** A table that matches its schema. */
export interface ReadDataset {
  readonly table: Table;
  /** The rules by which all its columns were read, including columns that the given schema does not name. */
  readonly schema: DatasetSchema;
  /** Invalid values that were read as missing, one entry per column and rule. */
  readonly invalidValues: readonly Violation[];
}

/**
 * Converts records to a table that matches `schema`: `toTable` and `assertDataset` combined, so that one message lists all violations. If the order
 * of dates is not declared, it is inferred from all values of the column.
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
  // An invalid value is not reported again as missing.
  const refusedColumns = new Set(refused.map(({ column }) => column));
  const reported = new Map<string, Set<number>>();
  for (const { column, row } of invalidValues) {
    if (refusedColumns.has(column)) reported.set(column, (reported.get(column) ?? new Set()).add(row));
  }
  const all = [...refused, ...violationsOf(table, rules, from.lines, reported)];
  if (all.length === 0) return { table, schema: converted.schema, invalidValues: missing };
  const inOrder = rules.flatMap(({ name }) => all.filter(({ column }) => column === name));
  // Violations in columns without rules: an invalid text among numbers, or a value that no kind of column can hold.
  const others = all.filter(({ column }) => !ruled.has(column));
  const hint = undecided.length > 0 ? askForOrder(undecided) : refused.length > 0 ? note : '';
  throw datasetError(from.source, [...inOrder, ...others], rules, names, hint);
}

function askForOrder(columns: readonly string[]): string {
  return `the dates of ${quotedList(columns)} do not show whether the day or the month comes first; set dateOrder`;
}
