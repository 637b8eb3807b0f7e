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

/** A row as an object: the value of each column, `null` where it is missing. */
export type Row = Record<string, number | string | null>;

/** What a column can be made of: a ready column, a typed array of numbers, or an array of values. */
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

/** The part of an `ml-matrix` matrix that a table reads, so that this package need not depend on it. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/**
 * An immutable table of named columns.
 *
 * Columns are shared between tables, never copied to be changed: whoever derives a table replaces whole columns.
 *
 * ```ts
 * const table = Table.fromRows([{ age: 45, gender: 'M' }, { age: 49, gender: null }]);
 * table.numeric('age'); // Float64Array [45, 49]
 * ```
 */
export class Table {
  /** How many rows the table has. */
  readonly nRows: number;
  readonly #columns: ReadonlyMap<string, Column>;

  private constructor(columns: ReadonlyMap<string, Column>, nRows: number) {
    this.#columns = columns;
    this.nRows = nRows;
  }

  /**
   * A table of columns, given as an object or as `[name, column]` pairs.
   *
   * @param nRows how many rows a table without any columns has.
   * @throws `invalid-data` where columns differ in length; `column-name` where a name comes twice.
   */
  static fromColumns(
    columns: Iterable<readonly [string, ColumnData]> | Readonly<Record<string, ColumnData>>,
    nRows?: number,
  ): Table {
    const pairs = Symbol.iterator in columns ? columns : Object.entries(columns);
    const map = new Map<string, Column>();
    let length = nRows;
    for (const [name, data] of pairs) {
      if (map.has(name)) throw new ChurnError('column-name', `column "${name}" is given twice`);
      const column = asColumn(name, data);
      length ??= columnLength(column);
      if (columnLength(column) !== length) {
        throw new ChurnError(
          'invalid-data',
          `column "${name}" has ${columnLength(column)} rows, expected ${length} as in the columns before it`,
        );
      }
      map.set(name, column);
    }
    return new Table(map, length ?? 0);
  }

  /**
   * A table of objects, one per row, of any interface. The columns are the keys of all rows in order of first appearance; a key that
   * a row lacks is a missing value there.
   *
   * @param kinds the kinds of columns that must not be guessed from the values, such as one without any value.
   * @throws `column-kind` where a column mixes numbers with text, naming column and row.
   */
  static fromRows(rows: readonly object[], kinds: ReadonlyMap<string, ColumnKind> = new Map()): Table {
    const names = new Set(kinds.keys());
    rows.forEach((row: unknown, i) => {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        const received = Array.isArray(row) ? 'a list; fromMatrix takes lists' : String(row);
        throw new ChurnError('invalid-data', `row ${i}: expected an object of values by column, got ${received}`);
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
   * A table of Apache Arrow, as `tableFromIPC` of `apache-arrow` gives it. Numbers of 64 bits without missing values share their memory
   * with it, and a dictionary of texts is taken as the levels of its column. Other numbers are copied; booleans and texts become
   * categories, and so do dates and times, as ISO 8601 texts. Whole numbers beyond 2^53 are text where a column has any. `NaN` is missing.
   *
   * ```ts
   * const customers = Table.fromArrow(tableFromIPC(await readFile('customers.arrow')));
   * ```
   * @throws `invalid-data` where a column has no single value a row, but lists, structures or bytes; `column-name` where a name comes twice.
   */
  static fromArrow(table: ArrowTableLike): Table {
    return Table.fromColumns(arrowColumns(table), table.numRows);
  }

  /**
   * A table of numbers: an array of rows, or an `ml-matrix` matrix.
   *
   * @param names the column names; without them `x0`, `x1`, …
   * @throws `invalid-data` where rows differ in length or do not match `names`.
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

  /** @throws `column-name` where the table has no such column. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (!column) throw missingColumn(name, this.names);
    return column;
  }

  /**
   * The values of a numeric column, or of one without a single value; `NaN` is missing. Not a copy: do not write to it.
   * @throws `column-name` or `column-kind` where there is no such numeric column.
   */
  numeric(name: string): Float64Array {
    const column = asKind(this.column(name), 'numeric');
    if (column?.kind === 'numeric') return column.values;
    throw wrongKind(name, 'numeric');
  }

  /**
   * A category column, or one without a single value.
   * @throws `column-name` or `column-kind` where there is no such category column.
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
   * The table of these columns alone, in this order.
   * @throws `column-name` where one is missing or named twice.
   */
  select(names: readonly string[]): Table {
    return Table.fromColumns(
      names.map((name) => [name, this.column(name)] as const),
      this.nRows,
    );
  }

  /** The table without these columns; names it does not have are passed over. */
  drop(names: Iterable<string>): Table {
    const dropped = new Set(names);
    return this.select(this.names.filter((name) => !dropped.has(name)));
  }

  /**
   * The table with these columns replaced where they stand, or added at the end where they are new.
   * @throws `invalid-data` where a column's length differs from the table's.
   */
  with(columns: Iterable<readonly [string, ColumnData]> | Readonly<Record<string, ColumnData>>): Table {
    const added = Table.fromColumns(columns, this.nRows);
    return new Table(new Map([...this.#columns, ...added.#columns]), this.nRows);
  }

  /**
   * The rows `rows`, in that order; a row may come more than once.
   * @throws `invalid-parameter` for a row that is not there.
   */
  take(rows: ArrayLike<number>): Table {
    requireRows(rows, this.nRows);
    const taken = new Map<string, Column>();
    for (const [name, column] of this.#columns) taken.set(name, gather(column, rows));
    return new Table(taken, rows.length);
  }

  /**
   * The rows that `which` lets through: a truth value a row, or a function of a row as an object and its number.
   * @throws `invalid-parameter` for a mask of another length, or of anything but truth values.
   */
  filter(which: RowFilter<Row>): Table {
    return this.take(filteredRows(which, this.nRows, (index) => this.#rowAt(index)));
  }

  /**
   * This table with the rows of others below it. Columns are found by name; their order is that of this table.
   * @throws `column-name` where a table has other columns; `column-kind` where one is of another kind.
   */
  concat(...others: readonly Table[]): Table {
    const tables = [this, ...others];
    return Table.fromColumns(
      concatColumns(tables),
      tables.reduce((sum, { nRows }) => sum + nRows, 0),
    );
  }

  /**
   * Rows drawn at random, each at most once.
   *
   * @param size how many, or below 1 which share of all.
   * @param seed the same seed draws the same rows. Default 0.
   * @throws `invalid-parameter` unless `size` is a whole number up to the number of rows, or a share between 0 and 1.
   */
  sample(size: number, { seed = 0 }: { readonly seed?: number } = {}): Table {
    const wanted = size > 0 && size < 1 ? Math.round(size * this.nRows) : size;
    const isValid = Number.isInteger(wanted) && wanted >= 0 && wanted <= this.nRows;
    requireParameter(isValid, 'size', `a whole number from 0 to ${this.nRows}, or a share below 1`, size);
    return this.take(new Random(seed).stream('sample').permutation(this.nRows).subarray(0, wanted));
  }

  /**
   * The columns to learn from, and the target: `const { x, y } = table.splitTarget('left', { positive: 'yes' })`.
   *
   * @param positive which of two classes is to be the second, and so the positive one. Default: the one that sorts last.
   * @throws `column-name` where there is no such column; `invalid-target` where a row has no label, or none has `positive`.
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
    // A column holds truth values, and what else is no number, as text.
    const wanted = positive === undefined || column.kind === 'numeric' ? positive : String(positive);
    return { x: this.drop([name]), y: Labels.from(values as ClassLabel[], { positive: wanted }) };
  }

  /**
   * One row as an object.
   * @throws `invalid-parameter` for a row that is not there.
   */
  row(index: number): Row {
    requireRows([index], this.nRows);
    return this.#rowAt(index);
  }

  /** What `row` gives, for a row that is known to be there. */
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

  /** What `console.log` shows in Node and Bun. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return tableText(this);
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for('Deno.customInspect')](): string {
    return tableText(this);
  }

  /** What a Jupyter notebook shows. */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/html': tableHtml(this), 'text/plain': tableText(this) };
  }

  /**
   * The numbers of the table, one array per row, as `new Matrix(table.toArray())` of `ml-matrix` takes them.
   * @throws `column-kind` where a column holds categories.
   */
  toArray(): number[][] {
    const columns = this.names.map((name) => this.numeric(name));
    return Array.from({ length: this.nRows }, (_, i) => columns.map((values) => values[i]));
  }
}

/** The error for a column, or several, that are not there, with the columns that may be meant, and those that are there. */
export function missingColumn(name: string | readonly string[], present: readonly string[]): ChurnError {
  const absent = typeof name === 'string' ? [name] : name;
  const first = absent.slice(0, SHOWN_NAMES);
  const lacking =
    absent.length === 1
      ? `column ${quoted(first)} is missing`
      : `columns ${quoted(first)}${rest(absent)} are missing`;
  const meant = new Set(first.flatMap((each) => similarName(each, present) ?? []));
  const shown = present.slice(0, SHOWN_NAMES).map(onOneLine).join(', ') + rest(present);
  const guess = meant.size === 0 ? '; the' : `; did you mean ${quoted(meant)}? The`;
  return new ChurnError('column-name', `${lacking}${guess} table has: ${shown || 'no columns'}`);
}

/** Of more names messages tell how many there are. */
const SHOWN_NAMES = 12;

function quoted(names: Iterable<string>): string {
  return Array.from(names, (each) => `"${onOneLine(each)}"`).join(', ');
}

function rest({ length }: readonly string[]): string {
  return length > SHOWN_NAMES ? `, … (${length} in all)` : '';
}

/** Names come from data: they may be long, and have line ends in them. */
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
