import type { Table } from '@churn/core';
import { convertRecords, type ToTableOptions } from '../records/convert-records.js';
import { columnNames, type Records } from '../records/records.js';
import { misfitViolations } from '../records/violation.js';
import { datasetError, violationsOf } from './check-dataset.js';
import type { DatasetSchema } from './dataset-schema.js';

/**
 * Converts records to a table whose columns are what `schema` says: `toTable` and `assertDataset` in one, so that one message tells
 * everything that is wrong.
 *
 * @param options with `columns`, other columns are neither converted nor checked.
 * @throws `invalid-data`, with all violations in one message; `column-name` where one of `columns` is neither in the file
 *   nor in the schema.
 */
export function toDataset(
  from: Records,
  schema: DatasetSchema,
  options: Omit<ToTableOptions, 'schema'> = {},
): Table {
  const names = columnNames(from.header);
  const wanted = options.columns && new Set(options.columns);
  const rules = wanted ? schema.filter(({ name }) => wanted.has(name)) : schema;
  const ruled = new Set(rules.map(({ name }) => name));
  const columns = options.columns?.filter((name) => names.includes(name) || !ruled.has(name));

  const { table, misfits } = convertRecords(from, { ...options, columns, schema: rules });
  const told = new Map<string, Set<number>>();
  for (const { column, row } of misfits) told.set(column, (told.get(column) ?? new Set()).add(row));
  const all = [...misfitViolations(misfits, from.lines), ...violationsOf(table, rules, from.lines, told)];
  if (all.length === 0) return table;
  const inOrder = rules.flatMap(({ name }) => all.filter(({ column }) => column === name));
  // What is of no rule: a value that no kind of column can hold.
  const others = all.filter(({ column }) => !ruled.has(column));
  throw datasetError(from.source, [...inOrder, ...others], rules, names);
}
