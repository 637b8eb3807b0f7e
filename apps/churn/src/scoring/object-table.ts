import { type Column, type ColumnKind, Table, type TableSchema } from '@churn/core';
import type { Misfit } from './misfit.js';

/** Objects as the table that a model needs, and what of them does not fit. */
export interface ObjectTable {
  readonly table: Table;
  /** For each row what does not fit; nothing where all does. */
  readonly misfits: readonly (readonly Misfit[])[];
}

type ObjectRow = Readonly<Record<string, unknown>>;

/**
 * Reads objects, as of JSON, by the schema of a model. A key that is not there and `null` are missing values; other keys are
 * passed over. A number or a boolean in a category column is its text; text in a numeric column does not fit.
 */
export function objectTable(schema: TableSchema, rows: readonly ObjectRow[]): ObjectTable {
  const columns = schema.map(({ name, kind }): [string, Column] => {
    const cells = rows.map((row) => {
      const value = cellOf(row, name);
      return misfit(kind, value) === undefined ? value : null;
    });
    if (kind === 'numeric') return [name, { kind, values: Float64Array.from(cells, numberOf) }];
    const codes = new Map<string, number>();
    const places = Int32Array.from(cells, (value) => {
      if (value === null) return -1;
      const text = String(value);
      const code = codes.get(text) ?? codes.size;
      codes.set(text, code);
      return code;
    });
    return [name, { kind, codes: places, levels: [...codes.keys()] }];
  });
  return {
    table: Table.fromColumns(columns, rows.length),
    misfits: rows.map((row) => misfitsOf(schema, row)),
  };
}

/** What of an object does not fit the schema of a model. */
export function misfitsOf(schema: TableSchema, row: ObjectRow): Misfit[] {
  const misfits: Misfit[] = [];
  for (const { name, kind } of schema) {
    const detail = misfit(kind, cellOf(row, name));
    if (detail !== undefined) misfits.push({ column: name, detail });
  }
  return misfits;
}

function cellOf(row: ObjectRow, name: string): unknown {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}

function misfit(kind: ColumnKind, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (kind === 'category')
    return typeof value === 'object' ? `expected text, got ${shown(value)}` : undefined;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return undefined;
  return `expected a number, got ${shown(value)}`;
}

function numberOf(value: unknown): number {
  return value === null ? NaN : Number(value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  // Not as JSON: it may be nested deeper than that can be written.
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
