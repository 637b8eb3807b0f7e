import type { Table, Target } from '@churn/core';
import type { DatasetSchema } from '@churn/io';

/** How outcomes are read, for a task. */
export interface Outcome {
  /** The columns with the outcome. */
  readonly columns: DatasetSchema;
  /**
   * The outcomes of the rows of a table, as arrays with one number per row; `NaN` in the first if unknown.
   * @param where describes a row, for messages.
   * @throws `invalid-data` for an invalid outcome.
   */
  read(table: Table, where: (row: number) => string): Float64Array[];
  /** The outcomes since scoring. @param table the rows as they were scored. */
  since(outcomes: readonly Float64Array[], table: Table): readonly Float64Array[];
  /** Converts known outcomes to a target. */
  target(outcomes: readonly Float64Array[]): Target;
}

/** A metric of predictions. */
export interface OutcomeMetric {
  readonly name: string;
  /** @param predictions the monitored predictions, as returned by `monitoredPredictions`. @throws as the metric does. */
  measure(y: Target, predictions: readonly ArrayLike<number>[]): number;
}
