import { type CategoryColumn, type Column, type ColumnKind, parseIsoDate } from '@churn/core';
import { quoted } from '../text/quoted.js';
import { A_DATE, A_NUMBER, type DatasetKind } from './kind.js';
import type { Misfit } from './misfit.js';
import type { ReadColumn } from './text-column.js';

/**
 * Reads a column of values with types, as JSON and Parquet have them: `null` is a missing value, and text is no number. A number or a
 * boolean among categories is its text.
 *
 * @param kind where it is not given, the column is numeric if all its present values are numbers, so also without a value.
 */
export function readTypedColumn(values: readonly unknown[], kind: DatasetKind | undefined): ReadColumn {
  const read = kind ?? kindOfValues(values);
  const misfits: ReadColumn['misfits'][number][] = [];
  const fitting = values.map((value, row) => {
    const misfit = valueMisfit(read, value);
    if (misfit === undefined) return value;
    misfits.push({ row, ...misfit });
    return null;
  });
  return { column: read === 'numeric' ? numbers(fitting) : categories(fitting), misfits };
}

/** What is wrong with a value of a column: of numbers, of texts or of dates; nothing where it fits, as `null` does. */
export function valueMisfit(
  kind: DatasetKind,
  value: unknown,
): Pick<Misfit, 'expected' | 'came'> | undefined {
  if (value === null || value === undefined) return undefined;
  if (kind === 'numeric') {
    if (isNumber(value)) return undefined;
    return { expected: A_NUMBER, came: shown(value) };
  }
  if (typeof value === 'object' || value === Infinity || value === -Infinity) {
    return { expected: 'text', came: shown(value) };
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const came = 'a whole number beyond 2^53, which may have lost digits; put it in quotes';
    return { expected: 'text', came };
  }
  if (kind !== 'date' || parseIsoDate(String(value)) !== undefined) return undefined;
  return { expected: A_DATE, came: quoted(String(value)) };
}

/** What a column is that no one has told of: numeric where all its present values are numbers, so also without a value. */
export function kindOfValues(values: readonly unknown[]): ColumnKind {
  return values.every((value) => value === null || value === undefined || isNumber(value))
    ? 'numeric'
    : 'category';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

function numbers(values: readonly unknown[]): Column {
  return {
    kind: 'numeric',
    values: Float64Array.from(values, (value) =>
      value === null || value === undefined ? NaN : Number(value),
    ),
  };
}

function categories(values: readonly unknown[]): CategoryColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null || value === undefined) return -1;
    const text = String(value);
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    return code;
  });
  return { kind: 'category', codes, levels: [...codeOf.keys()] };
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  // Not as JSON: it may be nested deeper than that can be written.
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? quoted(value) : String(value);
}
