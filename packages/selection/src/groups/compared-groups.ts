import { isList, Labels, type LabelsLike, sampleWeights, type Target, type TargetLike } from '@churn/core';
import type { MetricOptions } from '../metrics/metric.js';
import {
  type Predictions,
  predictionTaker,
  requirePredictions,
  takeNumbers,
} from '../metrics/predictions.js';
import { numericTarget } from '../splitters/strata.js';

/** A metric of any target, as it is called for some rows. */
export type AnyMetric = (yTrue: never, predictions: never, options?: MetricOptions) => number;

/** Rows with their truth, predictions and weights. */
export interface ComparedRows {
  readonly yTrue: Target;
  readonly predictions: Predictions;
  /** `{ sampleWeight }`, if there are weights. */
  readonly options: MetricOptions;
}

/**
 * What takes some rows of a target with all that belongs to them.
 * @throws `invalid-data` if the predictions or weights are of another number than the target.
 */
export function comparedRows(
  yTrue: TargetLike,
  given: Predictions,
  { sampleWeight }: MetricOptions,
): { readonly all: ComparedRows; readonly take: (rows: Int32Array) => ComparedRows } {
  requirePredictions(given);
  const target = numericTarget(yTrue) ?? Labels.from(yTrue as LabelsLike);
  const predictions = target.kind === 'classes' ? labelsOnce(target, given) : given;
  const takePredictions = predictionTaker(predictions, target.length);
  const weights = sampleWeights({ sampleWeight }, target.length);
  return {
    all: { yTrue: target, predictions, options: weights ? { sampleWeight: weights } : {} },
    take: (rows) => ({
      yTrue: target.take(rows),
      predictions: takePredictions(rows),
      options: weights ? { sampleWeight: takeNumbers(weights, rows) } : {},
    }),
  };
}

/** Labels need not be read again for each group and resample. */
function labelsOnce({ classes }: Labels, predictions: Predictions): Predictions {
  const isText = isList(predictions) && ['string', 'boolean'].includes(typeof predictions[0]);
  return isText ? Labels.from(predictions as LabelsLike, classes) : predictions;
}
