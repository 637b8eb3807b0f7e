import { type Column, Table, type TableSchema } from '@churn/core';

/** Objects as the table that a model needs, and what of them does not fit. */
export interface ObjectTable {
  readonly table: Table;
  /** For each row what does not fit; nothing where all does. */
  readonly misfits: readonly (readonly Misfit[])[];
}

/** A value that does not fit its column. */
export interface Misfit {
  readonly column: string;
  /** What was expected, and what came. */
  readonly detail: string;
}

/**
 * Reads objects, as of JSON, by the schema of a model. A key that is not there and `null` are missing values; other keys are
 * passed over. A number or a boolean in a category column is its text; text in a numeric column does not fit.
 */
export function objectTable(
  schema: TableSchema,
  rows: readonly Readonly<Record<string, unknown>>[],
): ObjectTable {
  const misfits: Misfit[][] = rows.map(() => []);
  const columns = schema.map(({ name, kind }): [string, Column] => {
    const cell = (row: number) => (Object.hasOwn(rows[row], name) ? rows[row][name] : null);
    if (kind === 'numeric') {
      const values = Float64Array.from(rows, (_, row) => {
        const value = cell(row);
        if (value === null || value === undefined) return NaN;
        if (typeof value === 'bigint') return Number(value);
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        misfits[row].push({ column: name, detail: `expected a number, got ${shown(value)}` });
        return NaN;
      });
      return [name, { kind, values }];
    }
    const codes = new Map<string, number>();
    const places = Int32Array.from(rows, (_, row) => {
      const value = cell(row);
      if (value === null || value === undefined) return -1;
      if (typeof value === 'object') {
        misfits[row].push({ column: name, detail: `expected text, got ${shown(value)}` });
        return -1;
      }
      const text = String(value);
      const code = codes.get(text) ?? codes.size;
      codes.set(text, code);
      return code;
    });
    return [name, { kind, codes: places, levels: [...codes.keys()] }];
  });
  return { table: Table.fromColumns(columns, rows.length), misfits };
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  // Not as JSON: it may be nested deeper than that can be written.
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
