import type { TableSchema } from './schema.js';

/** A value of a row: a number (`NaN` is missing) in a numeric column, a level (`null` is missing) in a category column. */
export type RowValue = number | string | null;

/** The values of one row, in the order of a schema. */
export type RowValues = RowValue[];

/** A fitted transformer compiled for single rows of a known schema. */
export interface RowStep {
  /** The schema of the output rows. */
  readonly schema: TableSchema;
  /** Returns what `transform` returns for a table of this row. It may modify `row` and return it. */
  apply(row: RowValues): RowValues;
}
