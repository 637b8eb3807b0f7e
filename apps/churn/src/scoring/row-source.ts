import { type Cell, ChurnError, type Table } from '@churn/core';

/** A row that cannot be scored. */
export interface RejectedRow {
  /** The line on which it starts, or its place, counted from 1. */
  readonly line: number;
  readonly reason: string;
  /** As it came. */
  readonly row: string;
}

/** Some rows of an input, as the model needs them and as they came. */
export interface RowBatch {
  /** The columns of the model. */
  readonly table: Table;
  /** Where each row stands in the input: its line, or its place, counted from 1. */
  readonly lines: ArrayLike<number>;
  /** In their order. */
  readonly rejected: readonly RejectedRow[];
  /** A row of the table as it came, as text. */
  text(row: number): string;
  /**
   * Rows as they came, each with the values added to it, in the format of the input.
   * @param rows of the table, in their order.
   * @param added of each column a value for each of these rows.
   */
  format(rows: Int32Array, added: readonly (readonly Cell[])[]): string | Uint8Array;
}

/** An input in batches, in its order. */
export interface RowSource {
  readonly name: string;
  /** @param added the columns that will be added; one that the input has already is refused. */
  batches(added: readonly string[]): AsyncIterable<RowBatch>;
  /** What ends the output, where the format has such a thing. */
  end?(): string | Uint8Array;
}

/** The error for an input of which every row was rejected. @param file where all of them are told, if anywhere. */
export function noneScored(name: string, count: number, first: RejectedRow, file?: string): ChurnError {
  const all = file === undefined ? '' : `; rejected rows: ${file}`;
  return new ChurnError(
    'invalid-data',
    `${name}: none of ${count} rows can be scored; line ${first.line}: ${first.reason}${all}`,
  );
}
