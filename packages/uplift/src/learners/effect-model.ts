import { type FittedRegressor, inRawRows, type Regressor } from '@churn/core';
import type { Experiment } from '../experiment.js';

/** Fits a model of effects, one per row of the experiment, on some of its rows or on all. @throws what the model throws, told by the rows of `x`. */
export function fitEffect(
  effectLearner: Regressor,
  { x, weights }: Pick<Experiment, 'x' | 'weights'>,
  effects: Float64Array,
  rows?: Int32Array,
): FittedRegressor {
  const sampleWeight = rows && weights ? Float64Array.from(rows, (row) => weights[row]) : weights;
  const target = rows ? Float64Array.from(rows, (row) => effects[row]) : effects;
  try {
    return effectLearner.fit(rows ? x.take(rows) : x, target, sampleWeight && { sampleWeight });
  } catch (error) {
    throw inRawRows(error, { x, rows, steps: [] });
  }
}
