import type { Table, Target } from '@churn/core';
import type { DatasetSchema } from '@churn/io';

/** How what became of a row is read, as classes, values and times differ in it. */
export interface Outcome {
  /** The columns that tell it. */
  readonly columns: DatasetSchema;
  /**
   * The outcomes of the rows of a table, as arrays with one number per row; `NaN` in the first where an outcome is not known.
   * @param where a row stands, for messages.
   * @throws `invalid-data` for what cannot be one.
   */
  read(table: Table, where: (row: number) => string): Float64Array[];
  /** What is known of rows since they were scored. @param table the rows as they came to be scored. */
  since(outcomes: readonly Float64Array[], table: Table): readonly Float64Array[];
  /** Known outcomes as a target. */
  target(outcomes: readonly Float64Array[]): Target;
}

/** A figure of how good predictions are. */
export interface OutcomeMetric {
  readonly name: string;
  /** @param predictions those that monitoring compares, as returned by `monitoredPredictions`. @throws what the metric throws. */
  measure(y: Target, predictions: readonly ArrayLike<number>[]): number;
}
