import type { FitOptions, FittedModel, Labels, Model, Table, TargetLike, TargetValues } from '@churn/core';
import { acceptedOptions } from './accepted-options.js';

/** What the members of an ensemble are fitted on. */
export interface TrainingTable<T extends Labels | TargetValues> {
  readonly x: Table;
  readonly target: T;
  readonly weights: Float64Array | undefined;
}

/** Fits a model on some rows, each as often as it is named; without them on all. Sample weights count where it takes them. */
export function fitOn<T extends Labels | TargetValues, F extends FittedModel<T>>(
  model: Model<T, F>,
  { x, target, weights }: TrainingTable<T>,
  rows?: Int32Array,
): F {
  const sampleWeight = rows && weights ? Float64Array.from(rows, (row) => weights[row]) : weights;
  const options: FitOptions = sampleWeight ? { sampleWeight } : {};
  return model.fit(
    rows ? x.take(rows) : x,
    (rows ? target.take(rows) : target) as TargetLike<T>,
    acceptedOptions(model, options),
  );
}
