import {
  ChurnError,
  type Column,
  checkedValues,
  positionOf,
  type RowStep,
  Table,
  type TableSchema,
} from '@churn/core';
import { dropFromRow } from './select-row.js';
import type { Originating } from './transformer.js';

/** A map from several columns to new ones, row by row. */
export interface JointMap {
  /** The input columns. */
  readonly columns: readonly string[];
  /** The names of the output columns. */
  readonly names: readonly string[];
  /** The output for a row: one number for each of `names`. The array may be reused for the next row. */
  of(row: Float64Array): Float64Array;
}

/** Replaces the input columns of a joint map by its output columns, at the end of the table. */
export function replacingTogether(map: JointMap): Originating {
  return {
    origins: new Map(map.names.map((name) => [name, map.columns])),
    transform: (x) => mapped(x, map),
    compileRow: (schema) => compiled(schema, map),
  };
}

function mapped(x: Table, { columns, names, of }: JointMap): Table {
  const values = columns.map((name) => x.numeric(name));
  const made = names.map(() => new Float64Array(x.nRows));
  const row = new Float64Array(columns.length);
  for (let i = 0; i < x.nRows; i++) {
    for (let j = 0; j < row.length; j++) row[j] = values[j][i];
    const numbers = of(row);
    for (let k = 0; k < made.length; k++) made[k][i] = numbers[k];
  }
  const added = made.map((each, k): [string, Column] => [names[k], { kind: 'numeric', values: each }]);
  return Table.fromColumns([...x.drop(columns).entries(), ...added], x.nRows);
}

function compiled(schema: TableSchema, { columns, names, of }: JointMap): RowStep {
  const positions = columns.map((name) => positionOf(schema, name, 'numeric'));
  const rest = dropFromRow(schema, columns);
  const twice = names.find((name) => rest.schema.some((column) => column.name === name));
  if (twice !== undefined) throw new ChurnError('column-name', `column "${twice}" appears twice`);
  const values = new Float64Array(columns.length);
  return {
    schema: [...rest.schema, ...names.map((name) => ({ name, kind: 'numeric' as const }))],
    apply(row) {
      for (let j = 0; j < values.length; j++) values[j] = row[positions[j]] as number;
      return [...rest.apply(row), ...of(values)];
    },
  };
}

/** A column without missing or infinite values. @throws `invalid-data`, naming column and row. */
export function finiteColumn(x: Table, name: string): Float64Array {
  const received = (value: number) => (Number.isNaN(value) ? 'a missing value' : value);
  return checkedValues(
    name,
    x.numeric(name),
    Number.isFinite,
    (value) => `expected a finite number, got ${received(value)}`,
  );
}
