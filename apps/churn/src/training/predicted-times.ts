import type { Durations, FittedPipeline, FittedSurvivalModel } from '@churn/core';
import { type PredictionReference, predictionReference } from '@churn/monitor';
import { probabilityWithin } from '@churn/survival';
import type { Config } from '../config/config.js';
import { namedPredictions, withinName } from '../monitoring/monitored-predictions.js';
import { knownFigures } from '../monitoring/outcome/known-figures.js';
import { timeMetrics } from '../monitoring/outcome/time-outcome.js';
import type { LabelledRows } from './dataset.js';
import type { EvaluatedSurvivalModel } from './evaluate-survival.js';

/**
 * The predictions of a survival model for test rows as in scoring: from the start, or if the duration itself is the elapsed time, for
 * censored rows. `undefined` if another column has the elapsed time, which training does not read.
 */
export function predictedTimes(
  pipeline: FittedPipeline<FittedSurvivalModel>,
  { within }: Pick<EvaluatedSurvivalModel['evaluation'], 'within'>,
  { x, y }: LabelledRows<Durations>,
  { data: { durations, target } }: Pick<Config, 'data'>,
): PredictionReference | undefined {
  if (!durations) return undefined;
  const { elapsed, horizons } = durations;
  const names = horizons.map(withinName);
  if (elapsed === undefined) {
    return predictionReference(
      namedPredictions(names, within),
      knownFigures(timeMetrics(horizons), y, within),
    );
  }
  const rows = Int32Array.from(y.values.keys()).filter((row) => y.events[row] === 0);
  if (elapsed !== target || rows.length === 0) return undefined;
  const there = y.take(rows).values;
  const later = probabilityWithin(pipeline, x.take(rows), horizons, { elapsed: there });
  return predictionReference(namedPredictions(names, later));
}
