import { type ArrowTableLike, arrowColumns } from './arrow.js';
import {
  asKind,
  type CategoryColumn,
  type CellInput,
  type Column,
  type ColumnKind,
  cellAt,
  columnLength,
  columnOf,
  gather,
  numericColumn,
} from './column.js';
import { concatColumns } from './concat-columns.js';
import { ChurnError } from './error.js';
import { type ClassLabel, Labels } from './labels.js';
import { requireParameter } from './parameter.js';
import { Random } from './random.js';
import { filteredRows, type RowFilter, requireRows } from './row-numbers.js';
import { similarName } from './similar-name.js';
import { tableHtml, tableText } from './table-text.js';

/** A row as an object: the value of each column, `null` if it is missing. */
export type Row = Record<string, number | string | null>;

/** The accepted forms of a column: a column, a typed array of numbers, or an array of values. */
export type ColumnData = Column | NumberArray | readonly CellInput[];

type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** The part of an `ml-matrix` matrix that is read, so that this package need not depend on it. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/**
 * An immutable table of named columns.
 *
 * Columns are shared between tables and never modified: deriving a table replaces whole columns.
 *
 * ```ts
 * const table = Table.fromRows([{ age: 45, gender: 'M' }, { age: 49, gender: null }]);
 * table.numeric('age'); // Float64Array [45, 49]
 * ```
 */
export class Table {
  /** The number of rows. */
  readonly nRows: number;
  readonly #columns: ReadonlyMap<string, Column>;

  private constructor(columns: ReadonlyMap<string, Column>, nRows: number) {
    this.#columns = columns;
    this.nRows = nRows;
  }

  /**
   * A table from columns, given as an object or as `[name, column]` pairs.
   *
   * @param nRows the number of rows of a table without columns.
   * @throws `invalid-data` if columns differ in length; `column-name` if a name is repeated.
   */
  static fromColumns(
    columns: Iterable<readonly [string, ColumnData]> | Readonly<Record<string, ColumnData>>,
    nRows?: number,
  ): Table {
    const pairs = Symbol.iterator in columns ? columns : Object.entries(columns);
    const map = new Map<string, Column>();
    let length = nRows;
    for (const [name, data] of pairs) {
      if (map.has(name)) throw new ChurnError('column-name', `column "${name}" appears twice`);
      const column = asColumn(name, data);
      length ??= columnLength(column);
      if (columnLength(column) !== length) {
        throw new ChurnError(
          'invalid-data',
          `column "${name}" has ${columnLength(column)} rows, expected ${length} as in the previous columns`,
        );
      }
      map.set(name, column);
    }
    return new Table(map, length ?? 0);
  }

  /**
   * A table from objects, one per row. The columns are the keys of all rows in order of first appearance; a key that a row lacks is a
   * missing value.
   *
   * @param kinds the kinds of columns for which they should not be inferred from the values, such as a column without any value.
   * @throws `column-kind` if a column mixes numbers with text, naming column and row.
   */
  static fromRows(rows: readonly object[], kinds: ReadonlyMap<string, ColumnKind> = new Map()): Table {
    const names = new Set(kinds.keys());
    rows.forEach((row: unknown, i) => {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        const received = Array.isArray(row) ? 'a list; use fromMatrix for lists' : String(row);
        throw new ChurnError(
          'invalid-data',
          `row ${i}: expected an object of values by column, got ${received}`,
        );
      }
      for (const name of Object.keys(row)) names.add(name);
    });
    const pairs = Array.from(names, (name): [string, Column] => {
      const cells = rows.map((row) =>
        Object.hasOwn(row, name) ? (row as Record<string, CellInput>)[name] : null,
      );
      return [name, columnOf(name, cells, kinds.get(name))];
    });
    return Table.fromColumns(pairs, rows.length);
  }

  /**
   * A table from an Apache Arrow table, such as `tableFromIPC` of `apache-arrow` returns. 64-bit floating-point columns without missing
   * values share its memory, and a string dictionary becomes the levels of its column. Other numbers are copied; booleans and strings
   * become categories, and so do dates and times, as ISO 8601 strings. Integers beyond 2^53 are text if a column has any. `NaN` is
   * missing.
   *
   * ```ts
   * const customers = Table.fromArrow(tableFromIPC(await readFile('customers.arrow')));
   * ```
   * @throws `invalid-data` if a column holds lists, structs or bytes instead of scalars; `column-name` if a name is repeated.
   */
  static fromArrow(table: ArrowTableLike): Table {
    return Table.fromColumns(arrowColumns(table), table.numRows);
  }

  /**
   * A table from numbers: an array of rows, or an `ml-matrix` matrix.
   *
   * @param names the column names; default `x0`, `x1`, …
   * @throws `invalid-data` if rows differ in length or do not match `names`.
   */
  static fromMatrix(matrix: readonly ArrayLike<number>[] | MatrixLike, names?: readonly string[]): Table {
    const isMatrix = 'get' in matrix;
    const nRows = isMatrix ? matrix.rows : matrix.length;
    const nColumns = isMatrix ? matrix.columns : (matrix[0]?.length ?? names?.length ?? 0);
    const columnNames = names ?? Array.from({ length: nColumns }, (_, j) => `x${j}`);
    if (columnNames.length !== nColumns) {
      throw new ChurnError(
        'invalid-data',
        `expected ${nColumns} column names, one per column, got ${columnNames.length}`,
      );
    }
    const columns = columnNames.map(() => new Float64Array(nRows));
    for (let i = 0; i < nRows; i++) {
      const row = isMatrix ? undefined : matrix[i];
      if (row && row.length !== nColumns) {
        throw new ChurnError(
          'invalid-data',
          `row ${i} has ${row.length} values, expected ${nColumns} as in row 0`,
        );
      }
      for (let j = 0; j < nColumns; j++) {
        columns[j][i] = row ? row[j] : (matrix as MatrixLike).get(i, j);
      }
    }
    return Table.fromColumns(
      columnNames.map((name, j) => [name, columns[j]] as const),
      nRows,
    );
  }

  /** The column names, in order. */
  get names(): string[] {
    return [...this.#columns.keys()];
  }

  /** The `[name, column]` pairs, in order. */
  entries(): IterableIterator<[string, Column]> {
    return this.#columns.entries();
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** @throws `column-name` if there is no such column. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (!column) throw missingColumn(name, this.names);
    return column;
  }

  /**
   * The values of a numeric column, or of one without any value; `NaN` is missing. Not a copy: do not modify it.
   * @throws `column-name` or `column-kind` if there is no such numeric column.
   */
  numeric(name: string): Float64Array {
    const column = asKind(this.column(name), 'numeric');
    if (column?.kind === 'numeric') return column.values;
    throw wrongKind(name, 'numeric');
  }

  /**
   * A category column, or one without any value.
   * @throws `column-name` or `column-kind` if there is no such category column.
   */
  category(name: string): CategoryColumn {
    const column = asKind(this.column(name), 'category');
    if (column?.kind === 'category') return column;
    throw wrongKind(name, 'category');
  }

  /** The names of the columns of one kind, in order. */
  namesOf(kind: ColumnKind): string[] {
    return this.names.filter((name) => this.column(name).kind === kind);
  }

  /**
   * The table with only these columns, in this order.
   * @throws `column-name` if one is missing or named twice.
   */
  select(names: readonly string[]): Table {
    const columns = names.map((name): [string, Column] => {
      const column = this.#columns.get(name);
      if (!column) throw missingColumn(name, this.names, names);
      return [name, column];
    });
    return Table.fromColumns(columns, this.nRows);
  }

  /** The table without these columns; unknown names are ignored. */
  drop(names: Iterable<string>): Table {
    const dropped = new Set(names);
    return this.select(this.names.filter((name) => !dropped.has(name)));
  }

  /**
   * The table with these columns replaced in place, or appended if they are new.
   * @throws `invalid-data` if a column's length differs from the table's.
   */
  with(columns: Iterable<readonly [string, ColumnData]> | Readonly<Record<string, ColumnData>>): Table {
    const added = Table.fromColumns(columns, this.nRows);
    return new Table(new Map([...this.#columns, ...added.#columns]), this.nRows);
  }

  /**
   * The given rows, in that order; a row may be repeated.
   * @throws `invalid-parameter` if a row index is out of range.
   */
  take(rows: ArrayLike<number>): Table {
    requireRows(rows, this.nRows);
    const taken = new Map<string, Column>();
    for (const [name, column] of this.#columns) taken.set(name, gather(column, rows));
    return new Table(taken, rows.length);
  }

  /**
   * The rows that pass `which`: one boolean per row, or a predicate of a row object and its index.
   * @throws `invalid-parameter` if a mask differs in length, or contains anything but booleans.
   */
  filter(which: RowFilter<Row>): Table {
    return this.take(filteredRows(which, this.nRows, (index) => this.#rowAt(index)));
  }

  /**
   * This table with the rows of others appended. Columns are matched by name; their order is that of this table.
   * @throws `column-name` if the columns differ; `column-kind` if a kind differs.
   */
  concat(...others: readonly Table[]): Table {
    const tables = [this, ...others];
    return Table.fromColumns(
      concatColumns(tables),
      tables.reduce((sum, { nRows }) => sum + nRows, 0),
    );
  }

  /**
   * Rows drawn at random, without replacement.
   *
   * @param size the number of rows or, below 1, the share of all rows.
   * @param seed the random seed. Default 0.
   * @throws `invalid-parameter` unless `size` is an integer up to the number of rows, or a share between 0 and 1.
   */
  sample(size: number, { seed = 0 }: { readonly seed?: number } = {}): Table {
    const wanted = size > 0 && size < 1 ? Math.round(size * this.nRows) : size;
    const isValid = Number.isInteger(wanted) && wanted >= 0 && wanted <= this.nRows;
    requireParameter(isValid, 'size', `an integer from 0 to ${this.nRows}, or a share below 1`, size);
    return this.take(new Random(seed).stream('sample').permutation(this.nRows).subarray(0, wanted));
  }

  /**
   * The features and the target: `const { x, y } = table.splitTarget('left', { positive: 'yes' })`.
   *
   * @param positive the positive one of two classes; it becomes the second. Default: the one that sorts last.
   * @throws `column-name` if there is no such column; `invalid-target` if a row has no label, or no row is `positive`.
   */
  splitTarget(
    name: string,
    { positive }: { readonly positive?: ClassLabel } = {},
  ): { readonly x: Table; readonly y: Labels } {
    const column = this.column(name);
    const values = Array.from({ length: this.nRows }, (_, row) => cellAt(column, row));
    const unlabelled = values.indexOf(null);
    if (unlabelled >= 0) {
      throw new ChurnError(
        'invalid-target',
        `column "${name}", row ${unlabelled}: expected a label, got a missing value`,
      );
    }
    // Columns hold booleans and other non-numbers as text.
    const wanted = positive === undefined || column.kind === 'numeric' ? positive : String(positive);
    return { x: this.drop([name]), y: Labels.from(values as ClassLabel[], { positive: wanted }) };
  }

  /**
   * One row as an object.
   * @throws `invalid-parameter` if a row index is out of range.
   */
  row(index: number): Row {
    requireRows([index], this.nRows);
    return this.#rowAt(index);
  }

  /** Like `row`, without checking the index. */
  #rowAt(index: number): Row {
    return Object.fromEntries(Array.from(this.#columns, ([name, column]) => [name, cellAt(column, index)]));
  }

  /** All rows as objects. */
  toRows(): Row[] {
    return Array.from({ length: this.nRows }, (_, index) => this.#rowAt(index));
  }

  /** The first rows and columns as text. */
  toString(): string {
    return tableText(this);
  }

  /** Displayed by `console.log` in Node and Bun. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return tableText(this);
  }

  /** Displayed by `console.log` in Deno. */
  [Symbol.for('Deno.customInspect')](): string {
    return tableText(this);
  }

  /** Displayed by Jupyter notebooks. */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/html': tableHtml(this), 'text/plain': tableText(this) };
  }

  /**
   * The numbers of the table, one array per row, as `new Matrix(table.toArray())` of `ml-matrix` takes them.
   * @throws `column-kind` if a column holds categories.
   */
  toArray(): number[][] {
    const columns = this.names.map((name) => this.numeric(name));
    return Array.from({ length: this.nRows }, (_, i) => columns.map((values) => values[i]));
  }
}

/**
 * The error for one or more missing columns, with similar names and the existing columns.
 * @param required all columns that are needed: one that exists is not suggested, since it cannot be another one misspelt.
 */
export function missingColumn(
  name: string | readonly string[],
  present: readonly string[],
  required: readonly string[] = [],
): ChurnError {
  const taken = new Set(required);
  const free = present.filter((each) => !taken.has(each));
  const absent = typeof name === 'string' ? [name] : name;
  const first = absent.slice(0, SHOWN_NAMES);
  const lacking =
    absent.length === 1
      ? `column ${quoted(first)} is missing`
      : `columns ${quoted(first)}${rest(absent)} are missing`;
  const meant = new Set(first.flatMap((each) => similarName(each, free) ?? []));
  const shown = present.slice(0, SHOWN_NAMES).map(onOneLine).join(', ') + rest(present);
  const guess = meant.size === 0 ? '; the' : `; did you mean ${quoted(meant)}? The`;
  return new ChurnError('column-name', `${lacking}${guess} table has: ${shown || 'no columns'}`);
}

/** Messages list at most this many names, then their number. */
const SHOWN_NAMES = 12;

function quoted(names: Iterable<string>): string {
  return Array.from(names, (each) => `"${onOneLine(each)}"`).join(', ');
}

function rest({ length }: readonly string[]): string {
  return length > SHOWN_NAMES ? `, … (${length} in all)` : '';
}

/** Names come from data: they may be long and contain line breaks. */
function onOneLine(name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return short.replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The error for a column that is not of the kind `expected`. */
export function wrongKind(name: string, expected: ColumnKind): ChurnError {
  const what =
    expected === 'numeric' ? 'expected numbers, got categories' : 'expected categories, got numbers';
  return new ChurnError('column-kind', `column "${name}": ${what}`);
}

function asColumn(name: string, data: ColumnData): Column {
  if ('kind' in data) return data;
  if (Array.isArray(data)) return columnOf(name, data);
  return numericColumn(data instanceof Float64Array ? data : Float64Array.from(data as NumberArray));
}
