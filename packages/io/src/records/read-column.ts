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

/** A column with its invalid values, which are missing in it. */
export interface ReadColumn {
  readonly column: Column;
  readonly invalidValues: readonly ({ readonly row: number } & ValueFault)[];
}

/** Reads the values of a column of any format, as `cellReader` reads single ones. */
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
    // A fast path: nearly all values are plain numbers.
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
  // Keys are raw values and cells alike, since reading a cell returns it unchanged.
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
