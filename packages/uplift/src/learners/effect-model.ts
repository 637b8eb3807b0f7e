import { type FittedRegressor, inRawRows, type Regressor } from '@churn/core';
import type { Experiment } from '../experiment.js';

/** Fits a model of the effects of all rows, or of some. @throws the errors of the model, with row numbers of `x`. */
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
