import { type Cell, type Column, Table } from '@churn/core';
import { seenNumbers, spreadOf } from './seen-numbers.js';

/** A row as numbers, one per column: a number, the code of a level, or `NaN` where it is missing. */
export type CodedRow = Float64Array;

/**
 * The rows of tables in one coding, and how far they are apart.
 *
 * The distance is Gower's ("A general coefficient of similarity", 1971) with numbers measured in median absolute deviations of the training
 * rows, as Wachter et al. 2017 have it: 1 for another level, and for a missing value beside a known one.
 */
export class RowSpace {
  /** The distinct numbers of each column in training, ascending; of categories the codes, the most frequent first. */
  readonly seen: readonly Float64Array[];
  readonly isCategory: readonly boolean[];
  readonly #levels: readonly (readonly string[])[];
  /** What a number's difference is multiplied by. */
  readonly #weights: Float64Array;

  /** @param all the training rows, and the others below them. */
  constructor(
    readonly names: readonly string[],
    all: Table,
    nTraining: number,
  ) {
    const columns = names.map((name) => all.column(name));
    this.isCategory = columns.map(({ kind }) => kind === 'category');
    this.#levels = columns.map((column) => (column.kind === 'category' ? column.levels : []));
    this.seen = columns.map((column) =>
      column.kind === 'numeric'
        ? seenNumbers(column.values.subarray(0, nTraining))
        : frequentCodes(column.codes.subarray(0, nTraining)),
    );
    this.#weights = Float64Array.from(columns, (column) =>
      column.kind === 'numeric' ? 1 / spreadOf(column.values.subarray(0, nTraining)) : 1,
    );
  }

  get nColumns(): number {
    return this.names.length;
  }

  /** @param all a table of the levels that the space was made of. */
  rowsOf(all: Table, from: number, to: number): CodedRow[] {
    const columns = this.names.map((name) => all.column(name));
    return Array.from({ length: to - from }, (_, i) =>
      Float64Array.from(columns, (column) => codeAt(column, from + i)),
    );
  }

  tableOf(rows: readonly CodedRow[]): Table {
    return Table.fromColumns(
      this.names.map((name, j): [string, Column] => {
        if (!this.isCategory[j])
          return [name, { kind: 'numeric', values: Float64Array.from(rows, (row) => row[j]) }];
        const codes = Int32Array.from(rows, (row) => (Number.isNaN(row[j]) ? -1 : row[j]));
        return [name, { kind: 'category', codes, levels: this.#levels[j] }];
      }),
      rows.length,
    );
  }

  /** What a row has in a column. */
  cellOf(column: number, value: number): Cell {
    if (Number.isNaN(value)) return null;
    return this.isCategory[column] ? this.#levels[column][value] : value;
  }

  /** How far two values of a column are apart. */
  gap(column: number, a: number, b: number): number {
    if (a === b) return 0;
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : 1;
    return this.isCategory[column] ? 1 : Math.abs(a - b) * this.#weights[column];
  }

  /** The sum of the gaps of two rows, or any number above `limit` where it is above. */
  distance(a: CodedRow, b: CodedRow, limit = Infinity): number {
    let sum = 0;
    for (let j = 0; j < a.length && sum <= limit; j++) if (a[j] !== b[j]) sum += this.gap(j, a[j], b[j]);
    return sum;
  }
}

function codeAt(column: Column, row: number): number {
  if (column.kind === 'numeric') return column.values[row];
  return column.codes[row] < 0 ? NaN : column.codes[row];
}

function frequentCodes(codes: Int32Array): Float64Array {
  const counts = new Map<number, number>();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Float64Array.from(
    [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]),
    ([code]) => code,
  );
}
