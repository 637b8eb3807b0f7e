import { ChurnError } from './error.js';
import { extremeColumn } from './extreme-column.js';
import { rawColumns } from './raw-columns.js';
import { type RowFault, rowFaultError } from './row-fault.js';
import type { Table } from './table.js';
import type { FittedTransformer } from './transformer.js';

/** What a fault is told in: the rows and columns that somebody sent, and not those that processing made of them. */
export interface RawRows {
  readonly x: Table;
  /** Where in `x` the rows that were worked on stand. Default: these are its rows. */
  readonly rows?: ArrayLike<number>;
  /** What the rows went through. */
  readonly steps: readonly Pick<FittedTransformer, 'origins'>[];
}

/**
 * An error, its faults told by raw rows and columns; any other as it is. The row of the most extreme value comes first: in training, it may
 * be what makes others overflow.
 */
export function inRawRows(error: unknown, { x, rows, steps }: RawRows): unknown {
  if (!ChurnError.is(error) || !error.faults?.length) return error;
  const origins = rawColumns(steps, x.names);
  const sized = error.faults.map(({ row, column, detail }): RowFault & { readonly size: number } => {
    const place = rows ? rows[row] : row;
    const among = (column === undefined ? undefined : origins.get(column)) ?? x.names;
    const { column: extreme, shown, size } = extremeColumn(x, among, place);
    return {
      row: place,
      column: extreme ?? (among.length === 1 ? among[0] : column),
      detail: detail.includes(shown) ? detail : `${shown} cannot be scored: ${detail}`,
      size,
    };
  });
  const faults = sized.sort((a, b) => b.size - a.size).map(({ size, ...fault }) => fault);
  return rowFaultError(faults, { cause: error });
}
