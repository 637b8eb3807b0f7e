import { type FitOptions, type Labels, sampleWeights, type TargetValues } from '@churn/core';

/** The rows of nonzero weight, ascending; `undefined` if all are. */
export function weightedRows(weights: Float64Array | undefined): Int32Array | undefined {
  if (!weights?.includes(0)) return undefined;
  return Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
}

/** The training data of a model. */
export interface TrainingRows<T extends Labels | TargetValues> {
  /** The rows, one array per feature. */
  readonly columns: readonly Float64Array[];
  readonly target: T;
  readonly options: FitOptions | undefined;
}

/**
 * The rows of nonzero weight. The others do not affect the loss, but would affect statistics of all rows, such as their variance.
 *
 * @throws `invalid-data` for sample weights that are not one per row, at least 0.
 */
export function withoutWeightless<T extends Labels | TargetValues>(all: TrainingRows<T>): TrainingRows<T> {
  const { columns, target, options } = all;
  const weights = sampleWeights(options ?? {}, target.length);
  const rows = weightedRows(weights);
  if (!weights || !rows) return all;
  const taken = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    columns: columns.map(taken),
    target: target.take(rows) as T,
    options: { ...options, sampleWeight: taken(weights) },
  };
}
