import type { Column } from '@churn/core';
import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { parseNumber } from '../text/parse-number.js';
import {
  cellReader,
  isInvalidValue,
  readsPlainNumbers,
  type ValueFault,
  type ValueOptions,
} from './cell-reader.js';

/** A column, and which rows of it do not fit its kind; they have a missing value there. */
export interface ReadColumn {
  readonly column: Column;
  readonly invalidValues: readonly ({ readonly row: number } & ValueFault)[];
}

/** Reads the values of a column, whatever they come from, as `cellReader` reads single ones. */
export function readColumn(
  values: readonly unknown[],
  column: Omit<DatasetColumn, 'name'>,
  options: ValueOptions = {},
): ReadColumn {
  return column.kind === 'numeric'
    ? readNumbers(values, column, options)
    : readCategories(values, column, options);
}

function readNumbers(
  from: readonly unknown[],
  column: Omit<DatasetColumn, 'name'>,
  options: ValueOptions,
): ReadColumn {
  const read = cellReader(column, options);
  const isPlain = readsPlainNumbers(column, options);
  const values = new Float64Array(from.length);
  const invalidValues: ReadColumn['invalidValues'][number][] = [];
  for (let row = 0; row < from.length; row++) {
    const value = from[row];
    // Nearly all values are plain numbers, and the rest of this would cost more than all of them.
    if (isPlain && typeof value === 'string') {
      const number = parseNumber(value);
      if (!Number.isNaN(number)) {
        values[row] = number;
        continue;
      }
    }
    const cell = read(value);
    values[row] = typeof cell === 'number' ? cell : NaN;
    if (isInvalidValue(cell)) invalidValues.push({ row, ...cell });
  }
  return { column: { kind: 'numeric', values }, invalidValues };
}

function readCategories(
  values: readonly unknown[],
  column: Omit<DatasetColumn, 'name'>,
  options: ValueOptions,
): ReadColumn {
  const read = cellReader(column, options);
  // Of values as they came and of cells alike: a cell read again is itself.
  const codeOf = new Map<unknown, number>();
  const levels: string[] = [];
  const invalidValues: ReadColumn['invalidValues'][number][] = [];
  const codes = Int32Array.from(values, (value, row) => {
    const known = codeOf.get(value);
    if (known !== undefined) return known;
    const cell = read(value);
    if (isInvalidValue(cell)) {
      invalidValues.push({ row, ...cell });
      return -1;
    }
    const code = cell === null ? -1 : (codeOf.get(cell) ?? levels.push(cell as string) - 1);
    if (cell !== null) codeOf.set(cell, code);
    codeOf.set(value, code);
    return code;
  });
  return { column: { kind: 'category', codes, levels }, invalidValues };
}
