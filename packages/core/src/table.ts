import {
  asKind,
  type CategoryColumn,
  type Cell,
  type Column,
  type ColumnKind,
  cellAt,
  columnLength,
  columnOf,
  takeRows,
} from './column.js';
import { ChurnError } from './error.js';

/** A row as an object: the value of each column, `null` where it is missing. */
export type Row = Record<string, number | string | null>;

/** What a column can be made of: a ready column, a `Float64Array`, or an array of values. */
export type ColumnData = Column | Float64Array | readonly Cell[];

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
   * A table of objects, one a row. The columns are the keys of all rows in order of first appearance; a key that
   * a row lacks is a missing value there.
   *
   * @param kinds the kinds of columns that must not be guessed from the values, such as one without any value.
   * @throws `column-kind` where a column mixes numbers with text, naming column and row.
   */
  static fromRows(
    rows: readonly Readonly<Record<string, Cell>>[],
    kinds: ReadonlyMap<string, ColumnKind> = new Map(),
  ): Table {
    const names = new Set(kinds.keys());
    for (const row of rows) for (const name of Object.keys(row)) names.add(name);
    const pairs = Array.from(names, (name): [string, Column] => {
      const cells = rows.map((row) => (Object.hasOwn(row, name) ? row[name] : null));
      return [name, columnOf(name, cells, kinds.get(name))];
    });
    return Table.fromColumns(pairs, rows.length);
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
        `the matrix has ${nColumns} columns, but ${columnNames.length} names came`,
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

  /** The rows `rows`, in that order; a row may come more than once. */
  take(rows: ArrayLike<number>): Table {
    const taken = new Map<string, Column>();
    for (const [name, column] of this.#columns) taken.set(name, takeRows(column, rows));
    return new Table(taken, rows.length);
  }

  /** One row as an object. */
  row(index: number): Row {
    return Object.fromEntries(Array.from(this.#columns, ([name, column]) => [name, cellAt(column, index)]));
  }

  /** All rows as objects. */
  toRows(): Row[] {
    return Array.from({ length: this.nRows }, (_, index) => this.row(index));
  }

  /**
   * The numbers of the table, an array a row, as `new Matrix(table.toArray())` of `ml-matrix` takes them.
   * @throws `column-kind` where a column holds categories.
   */
  toArray(): number[][] {
    const columns = this.names.map((name) => this.numeric(name));
    return Array.from({ length: this.nRows }, (_, i) => columns.map((values) => values[i]));
  }
}

/** The error for a column that is not there, with the columns that are. */
export function missingColumn(name: string, present: readonly string[]): ChurnError {
  const shown =
    present.slice(0, 12).map(onOneLine).join(', ') +
    (present.length > 12 ? `, … (${present.length} in all)` : '');
  return new ChurnError(
    'column-name',
    `column "${onOneLine(name)}" is missing; the table has: ${shown || 'no columns'}`,
  );
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
  if (data instanceof Float64Array) return { kind: 'numeric', values: data };
  return 'kind' in data ? data : columnOf(name, data);
}
