import { type Cell, type Column, type ColumnKind, cellAt } from './column.js';
import { ChurnError } from './error.js';
import { overflow } from './overflow.js';
import { rowFaultError } from './row-fault.js';
import type { RowStep, RowValue, RowValues } from './row-step.js';
import { schemaOf, type TableSchema } from './schema.js';
import { missingColumn, Table, wrongKind } from './table.js';
import type { FittedTransformer } from './transformer.js';

/**
 * Compiles fitted transformers, in order, into one step for rows of `schema`. It serves single rows, for which building a table would
 * cost more than the work. A transformer without its own `compileRow` processes a table of one row.
 *
 * As in a pipeline, a number that becomes infinite is an error: `apply` throws `invalid-data` with a fault of row 0.
 *
 * @throws `column-name` or `column-kind` if `schema` lacks a column that a transformer requires.
 */
export function compileRow(steps: readonly FittedTransformer[], schema: TableSchema): RowStep {
  const compiled: RowStep[] = [];
  let current = schema;
  for (const step of steps) {
    const next = step.compileRow?.(current) ?? throughTable(step, current);
    compiled.push(next);
    current = next.schema;
  }
  return {
    schema: current,
    apply(row) {
      let values = row;
      const wasFinite = infiniteAt(row) < 0;
      for (let i = 0; i < compiled.length; i++) {
        values = compiled[i].apply(values);
        const j = wasFinite ? infiniteAt(values) : -1;
        if (j >= 0) throw rowFaultError([overflow(0, compiled[i].schema[j].name, values[j] as number)]);
      }
      return values;
    },
  };
}

/** The index of an infinite number in a row, or -1. */
function infiniteAt(row: RowValues): number {
  for (let j = 0; j < row.length; j++) if (row[j] === Infinity || row[j] === -Infinity) return j;
  return -1;
}

/**
 * Reads an object as the row of a schema. Keys that are not in the schema are ignored; a column without a key, `null` and `undefined` are
 * missing values.
 *
 * @throws `column-kind` if a numeric column contains text, naming it.
 */
export function rowValues(schema: TableSchema, row: Readonly<Record<string, Cell>>): RowValues {
  const values: RowValues = new Array(schema.length);
  for (let j = 0; j < schema.length; j++) {
    const { name, kind } = schema[j];
    const cell = Object.hasOwn(row, name) ? row[name] : null;
    if (cell === null || cell === undefined) values[j] = kind === 'numeric' ? NaN : null;
    else if (kind === 'category') values[j] = String(cell);
    else if (typeof cell === 'number') values[j] = cell;
    else
      throw new ChurnError('column-kind', `column "${name}": expected a number, got ${JSON.stringify(cell)}`);
  }
  return values;
}

/** The positions of a schema's columns: searching one by one would take quadratic time for wide tables. */
const positions = new WeakMap<TableSchema, ReadonlyMap<string, number>>();

/**
 * The position of a column in a schema.
 *
 * @param kind the required kind; default any.
 * @throws `column-name` or `column-kind` if there is no such column of that kind.
 */
export function positionOf(schema: TableSchema, name: string, kind?: ColumnKind): number {
  let ofSchema = positions.get(schema);
  if (!ofSchema) {
    ofSchema = new Map(schema.map((column, position) => [column.name, position]));
    positions.set(schema, ofSchema);
  }
  const position = ofSchema.get(name);
  if (position === undefined) {
    throw missingColumn(
      name,
      schema.map((column) => column.name),
    );
  }
  if (kind !== undefined && schema[position].kind !== kind) throw wrongKind(name, kind);
  return position;
}

function throughTable(step: FittedTransformer, schema: TableSchema): RowStep {
  return {
    schema: schemaOf(step.transform(rowsToTable(schema, []))),
    apply(row) {
      const output = step.transform(rowsToTable(schema, [row]));
      return Array.from(output.entries(), ([, column]) => cellAt(column, 0) ?? missingOf(column));
    },
  };
}

function missingOf(column: Column): RowValue {
  return column.kind === 'numeric' ? NaN : null;
}

/** The rows of a table as values of a schema; `undefined` if a column is missing or of another kind. */
export function tableRows(schema: TableSchema, table: Table): RowValues[] | undefined {
  const rows = Array.from({ length: table.nRows }, (): RowValues => new Array(schema.length));
  for (let j = 0; j < schema.length; j++) {
    const { name, kind } = schema[j];
    const column = table.has(name) ? table.column(name) : undefined;
    if (column?.kind !== kind) return undefined;
    for (let row = 0; row < rows.length; row++) {
      if (column.kind === 'numeric') rows[row][j] = column.values[row];
      else rows[row][j] = column.codes[row] < 0 ? null : column.levels[column.codes[row]];
    }
  }
  return rows;
}

/** Rows of a schema as a table. */
export function rowsToTable(schema: TableSchema, rows: readonly RowValues[]): Table {
  const columns = schema.map(({ name, kind }, j): [string, Column] => {
    // Loops, because a service builds tables of one row, where a callback per value would take most of the time.
    if (kind === 'numeric') {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = rows[i][j] as number;
      return [name, { kind, values }];
    }
    const seen = new Map<string, number>();
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const value = rows[i][j];
      const level = String(value);
      const code = value === null ? -1 : (seen.get(level) ?? seen.size);
      if (code === seen.size) seen.set(level, code);
      codes[i] = code;
    }
    return [name, { kind, codes, levels: [...seen.keys()] }];
  });
  return Table.fromColumns(columns, rows.length);
}
