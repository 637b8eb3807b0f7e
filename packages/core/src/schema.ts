import { asKind, type Column, type ColumnKind } from './column.js';
import { ChurnError } from './error.js';
import { firstRepeated } from './first-repeated.js';
import { requireTable } from './require-table.js';
import type { StateReader } from './state-reader.js';
import { Table } from './table.js';

/** The name and kind of each column of a table, in order. */
export type TableSchema = readonly { readonly name: string; readonly kind: ColumnKind }[];

/**
 * Reads the schema in a field of a state.
 * @throws `model-file` if it is not a list of columns, each with a unique name and a kind.
 */
export function restoreSchema(state: StateReader, key: string): TableSchema {
  const schema = state.children(key).map((column) => ({
    name: column.string('name'),
    kind: column.oneOf<ColumnKind>('kind', ['numeric', 'category']),
  }));
  state.expect(firstRepeated(schema.map(({ name }) => name)) === undefined, key, 'columns with unique names');
  return schema;
}

/** The schema of a table. */
export function schemaOf(table: Table): TableSchema {
  return Array.from(table.entries(), ([name, column]) => ({ name, kind: column.kind }));
}

/**
 * The columns of `table` that are in `schema`, in its order; others are dropped. A column without any value fits either kind.
 *
 * @throws `column-name` or `column-kind`, with all columns that are missing or of the wrong kind in one message.
 */
export function conformTo(schema: TableSchema, table: Table): Table {
  requireTable(table);
  const missing = schema.filter(({ name }) => !table.has(name));
  const columns = schema
    .filter(({ name }) => table.has(name))
    .map(({ name, kind }) => ({ name, kind, column: asKind(table.column(name), kind) }));
  const wrong = columns.filter(({ column }) => column === undefined);

  const problems: string[] = [];
  if (missing.length > 0) problems.push(`missing: ${missing.map(({ name }) => `"${name}"`).join(', ')}`);
  for (const { name, kind } of wrong) {
    problems.push(
      kind === 'numeric'
        ? `"${name}" should hold numbers, not text`
        : `"${name}" should hold categories, not numbers`,
    );
  }
  if (problems.length > 0) {
    throw new ChurnError(
      missing.length > 0 ? 'column-name' : 'column-kind',
      `the columns do not match those of training: ${problems.join('; ')}`,
    );
  }
  return Table.fromColumns(
    columns.map(({ name, column }) => [name, column as Column] as const),
    table.nRows,
  );
}
