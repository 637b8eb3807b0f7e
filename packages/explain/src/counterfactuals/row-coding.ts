import { type Cell, type Column, numericColumn, Table } from '@churn/core';

/** A row as numbers, one per column: the value of a numeric column, the code of a level, or `NaN` if missing. */
export type CodedRow = Float64Array;

/** Converts the rows of a table to coded rows and back. */
export class RowCoding {
  readonly rows: readonly CodedRow[];
  readonly #columns: readonly (readonly [name: string, column: Column])[];

  constructor(table: Table) {
    this.#columns = [...table.entries()];
    this.rows = Array.from({ length: table.nRows }, (_, row) =>
      Float64Array.from(this.#columns, ([, column]) => codeAt(column, row)),
    );
  }

  /**
   * The table of coded rows.
   * @param codeOf the coded value of a row and column.
   */
  tableOf(nRows: number, codeOf: (row: number, column: number) => number): Table {
    return Table.fromColumns(
      this.#columns.map(([name, column], j): [string, Column] => {
        if (column.kind === 'numeric') {
          const values = new Float64Array(nRows);
          for (let i = 0; i < nRows; i++) values[i] = codeOf(i, j);
          return [name, numericColumn(values)];
        }
        const codes = new Int32Array(nRows);
        for (let i = 0; i < nRows; i++) {
          const code = codeOf(i, j);
          codes[i] = Number.isNaN(code) ? -1 : code;
        }
        return [name, { ...column, codes }];
      }),
      nRows,
    );
  }

  /** The cell of a coded value. */
  cellOf(column: number, value: number): Cell {
    const [, of] = this.#columns[column];
    if (Number.isNaN(value)) return null;
    return of.kind === 'category' ? of.levels[value] : value;
  }
}

function codeAt(column: Column, row: number): number {
  if (column.kind === 'numeric') return column.values[row];
  return column.codes[row] < 0 ? NaN : column.codes[row];
}
