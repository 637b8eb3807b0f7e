import type { Table } from '@churn/core';
import { datasetError, violationsOf } from './check-dataset.js';
import { type CsvRecords, columnNames } from './csv-records.js';
import { type DatasetSchema, schemaKinds } from './dataset-schema.js';
import { convertRecords, type ToTableOptions } from './to-table.js';

/**
 * Converts the records of a CSV file to a table whose columns are what `schema` says: `toTable` and `assertDataset` in
 * one, so that one message tells everything that is wrong.
 *
 * @param options with `columns`, other columns are neither converted nor checked.
 * @throws `invalid-data`, with all violations in one message; `column-name` where one of `columns` is neither in the file
 *   nor in the schema.
 */
export function toDataset(
  csv: CsvRecords,
  schema: DatasetSchema,
  options: Omit<ToTableOptions, 'kinds'> = {},
): Table {
  const names = columnNames(csv.header);
  const wanted = options.columns && new Set(options.columns);
  const rules = wanted ? schema.filter(({ name }) => wanted.has(name)) : schema;
  const ruled = new Set(rules.map(({ name }) => name));
  const columns = options.columns?.filter((name) => names.includes(name) || !ruled.has(name));

  const { table, texts, violations } = convertRecords(csv, {
    ...options,
    columns,
    kinds: schemaKinds(rules),
  });
  const all = [...violations, ...violationsOf(table, rules, csv.lines, texts)];
  if (all.length === 0) return table;
  const inOrder = rules.flatMap(({ name }) => all.filter(({ column }) => column === name));
  throw datasetError(csv.source, inOrder, rules, names);
}
