import { classProbabilities } from './class-probabilities.js';
import type { ClassPrediction, Prediction, TimePrediction, ValuePrediction } from './prediction.js';
import type { ServedModel } from './served-model.js';

/** The monitored parts of answered predictions: an array per class, horizon or value. */
export function comparedPredictions(
  served: ServedModel,
  predictions: readonly Prediction[],
): readonly (readonly number[])[] {
  // Predictions are of the model's own task.
  if (served.task === 'classes') {
    return classProbabilities(predictions as readonly ClassPrediction[], served.classes);
  }
  if (served.task === 'value') {
    return [(predictions as readonly ValuePrediction[]).map(({ prediction }) => prediction)];
  }
  const times = predictions as readonly TimePrediction[];
  return served.durations.horizons.map((horizon) => times.map(({ within }) => within[String(horizon)]));
}
