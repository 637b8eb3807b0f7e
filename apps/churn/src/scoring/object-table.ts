import { type Column, Table } from '@churn/core';
import { type Misfit, misfitDate, misfitText } from './misfit.js';
import type { RejectedRow } from './row-source.js';
import type { InputColumn } from './scoring-model.js';

/** Objects as the table that a model needs, and what of them does not fit. */
export interface ObjectTable {
  readonly table: Table;
  /** For each row what does not fit; nothing where all does. */
  readonly misfits: readonly (readonly Misfit[])[];
}

type ObjectRow = Readonly<Record<string, unknown>>;

/**
 * Reads objects, as of JSON, by the columns of a model. A key that is not there and `null` are missing values; other keys are
 * passed over. A number or a boolean in a category column is its text; text in a numeric column does not fit.
 */
export function objectTable(inputs: readonly InputColumn[], rows: readonly ObjectRow[]): ObjectTable {
  const columns = inputs.map((input): [string, Column] => {
    const { name, kind } = input;
    const cells = rows.map((row) => {
      const value = cellOf(row, name);
      return misfit(input, value) === undefined ? value : null;
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
    misfits: rows.map((row) => misfitsOf(inputs, row)),
  };
}

/** Objects that fit a model as a table, and the others. */
export interface ObjectBatch {
  readonly table: Table;
  /** The places of those that fit. */
  readonly kept: readonly number[];
  readonly rejected: readonly RejectedRow[];
}

/** What `objectTable` does, with the objects that do not fit left out of the table. @param source where an object comes from. */
export function objectBatch(
  inputs: readonly InputColumn[],
  rows: readonly ObjectRow[],
  source: (place: number) => Pick<RejectedRow, 'line' | 'row'>,
): ObjectBatch {
  const { table, misfits } = objectTable(inputs, rows);
  const kept = Array.from(rows.keys()).filter((place) => misfits[place].length === 0);
  const rejected = misfits.flatMap((each, place) =>
    each.length === 0 ? [] : [{ ...source(place), reason: misfitText(each) }],
  );
  return { table: kept.length < rows.length ? table.take(kept) : table, kept, rejected };
}

/** What of an object does not fit the columns of a model. */
export function misfitsOf(inputs: readonly InputColumn[], row: ObjectRow): Misfit[] {
  const misfits: Misfit[] = [];
  for (const input of inputs) {
    const detail = misfit(input, cellOf(row, input.name));
    if (detail !== undefined) misfits.push({ column: input.name, detail });
  }
  return misfits;
}

function cellOf(row: ObjectRow, name: string): unknown {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}

function misfit({ kind, isDate }: InputColumn, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (kind === 'category') {
    if (typeof value === 'object' || value === Infinity || value === -Infinity) {
      return `expected text, got ${shown(value)}`;
    }
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return `expected text, got a whole number beyond 2^53, which may have lost digits; put it in quotes`;
    }
    return isDate ? misfitDate(String(value)) : undefined;
  }
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
