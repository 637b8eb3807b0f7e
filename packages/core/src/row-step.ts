import type { TableSchema } from './schema.js';

/** A value of a row: a number (`NaN` is missing) in a numeric column, a level (`null` is missing) in a category column. */
export type RowValue = number | string | null;

/** The values of one row, in the order of a schema. */
export type RowValues = RowValue[];

/** A fitted transformer made ready for one row at a time, for rows of a known schema. */
export interface RowStep {
  /** The schema of the rows that come out. */
  readonly schema: TableSchema;
  /** Gives what `transform` gives for a table of this row. It may write into `row` and return it. */
  apply(row: RowValues): RowValues;
}
