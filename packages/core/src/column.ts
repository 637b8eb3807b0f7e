import { ChurnError } from './error.js';
import { requireRows } from './row-numbers.js';

/** Numbers, one per row; `NaN` is a missing value. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly values: Float64Array;
}

/** Categories, one per row, as indices into `levels`; `-1` is a missing value. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CategoryColumn;
export type ColumnKind = Column['kind'];

/** A value in a row object. */
export type Cell = number | string | boolean | null | undefined;

/** A value that a column can be built from. */
export type CellInput = Cell | bigint | Date;

/** A numeric column of `values`; `null` and `undefined` become missing. A `Float64Array` is used without copying. */
export function numericColumn(values: Float64Array | readonly (number | null | undefined)[]): NumericColumn {
  const array = values instanceof Float64Array ? values : Float64Array.from(values, (value) => value ?? NaN);
  return { kind: 'numeric', values: array };
}

/** A category column of `values`, with its levels in order of first appearance; `null` and `undefined` become missing. */
export function categoryColumn(values: readonly (string | null | undefined)[]): CategoryColumn {
  const index = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const level = values[row];
    if (level === null || level === undefined) {
      codes[row] = -1;
      continue;
    }
    let code = index.get(level);
    if (code === undefined) {
      code = index.size;
      index.set(level, code);
    }
    codes[row] = code;
  }
  return { kind: 'category', codes, levels: [...index.keys()] };
}

/**
 * A column of JavaScript values: numbers and bigints become a numeric column; strings, booleans and dates a category column. Dates become
 * ISO 8601 strings; bigints become strings if one is beyond 2^53 and would lose digits as a number.
 *
 * @param kind the required kind; by default the values decide, and a column without any value is numeric.
 * @throws `column-kind` if a numeric column contains text, or the values mix numbers and text.
 */
export function columnOf(name: string, values: readonly CellInput[], kind?: ColumnKind): Column {
  const cells = plainCells(name, values);
  const isNumeric = (kind ?? kindOf(cells)) === 'numeric';
  const expected = isNumeric ? 'a number' : 'text';
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined) continue;
    const fits = isNumeric ? typeof cell === 'number' : typeof cell === 'string' || typeof cell === 'boolean';
    // A number among categories becomes the level of that name: codes such as 1, 2, 3 are common category labels.
    const isCode = kind === 'category' && typeof cell === 'number';
    if (!fits && !isCode) {
      const received = typeof cell === 'object' ? 'an object' : `the ${typeof cell} ${JSON.stringify(cell)}`;
      throw new ChurnError(
        'column-kind',
        `column "${name}", row ${row}: expected ${expected}, got ${received}`,
      );
    }
  }
  if (isNumeric) return numericColumn(cells as readonly (number | null | undefined)[]);
  return categoryColumn(cells.map((cell) => (cell === null || cell === undefined ? null : String(cell))));
}

function plainCells(name: string, values: readonly CellInput[]): readonly Cell[] {
  const isPlain = (value: CellInput): value is Cell => typeof value !== 'bigint' && !(value instanceof Date);
  if (values.every(isPlain)) return values;
  const areSafe = values.every((value) => typeof value !== 'bigint' || Number.isSafeInteger(Number(value)));
  return values.map((value, row) => {
    if (typeof value === 'bigint') return areSafe ? Number(value) : String(value);
    if (!(value instanceof Date)) return value;
    if (!Number.isNaN(value.getTime())) return value.toISOString();
    throw new ChurnError('invalid-data', `column "${name}", row ${row}: expected a date, got an invalid one`);
  });
}

function kindOf(cells: readonly Cell[]): ColumnKind {
  const first = cells.find((cell) => cell !== null && cell !== undefined);
  return first === undefined || typeof first === 'number' ? 'numeric' : 'category';
}

/** The number of rows of the column. */
export function columnLength(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length;
}

/**
 * The given rows of the column, in that order.
 * @throws `invalid-parameter` if a row index is out of range.
 */
export function takeRows(column: Column, rows: ArrayLike<number>): Column {
  requireRows(rows, columnLength(column));
  return gather(column, rows);
}

/** Like `takeRows`, without checking the row indices. */
export function gather(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'numeric') {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
    return { kind: 'numeric', values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return { kind: 'category', codes, levels: column.levels };
}

/** The number of missing values in the column. */
export function countMissing(column: Column): number {
  let missing = 0;
  if (column.kind === 'numeric') {
    for (const value of column.values) if (Number.isNaN(value)) missing++;
  } else {
    for (const code of column.codes) if (code < 0) missing++;
  }
  return missing;
}

/** The column as one of `kind`; `undefined` if it is of the other kind. A column without any value fits either kind. */
export function asKind(column: Column, kind: ColumnKind): Column | undefined {
  if (column.kind === kind) return column;
  const length = columnLength(column);
  if (countMissing(column) < length) return undefined;
  return kind === 'numeric'
    ? { kind, values: new Float64Array(length).fill(NaN) }
    : { kind, codes: new Int32Array(length).fill(-1), levels: [] };
}

/** The value in `row`: a number, a level or `null` if missing. */
export function cellAt(column: Column, row: number): number | string | null {
  if (column.kind === 'numeric') {
    const value = column.values[row];
    return Number.isNaN(value) ? null : value;
  }
  const code = column.codes[row];
  return code < 0 ? null : column.levels[code];
}
