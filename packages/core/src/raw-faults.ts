import { ChurnError } from './error.js';
import { extremeColumn } from './extreme-column.js';
import { rawColumns } from './raw-columns.js';
import { type RowFault, rowFaultError } from './row-fault.js';
import type { Table } from './table.js';
import type { FittedTransformer } from './transformer.js';

/** How faults are reported: by the rows and columns of the caller, not those derived from them. */
export interface RawRows {
  readonly x: Table;
  /** The indices in `x` of the processed rows. Default: all rows. */
  readonly rows?: ArrayLike<number>;
  /** The steps that the rows went through. */
  readonly steps: readonly Pick<FittedTransformer, 'origins'>[];
}

/**
 * The error with its faults expressed in raw rows and columns; an error without faults is unchanged. The row of the most extreme value
 * comes first: in training, it may make others overflow.
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
