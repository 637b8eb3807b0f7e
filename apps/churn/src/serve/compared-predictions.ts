import { classProbabilities } from './class-probabilities.js';
import type { ClassPrediction, Prediction, TimePrediction, ValuePrediction } from './prediction.js';
import type { ServedModel } from './served-model.js';

/** What of answered predictions monitoring compares: the probability of each class or of an event within each horizon, or values; an array each. */
export function comparedPredictions(
  served: ServedModel,
  predictions: readonly Prediction[],
): readonly (readonly number[])[] {
  // A model answers with predictions of its own task alone.
  if (served.task === 'classes') {
    return classProbabilities(predictions as readonly ClassPrediction[], served.classes);
  }
  if (served.task === 'value') {
    return [(predictions as readonly ValuePrediction[]).map(({ prediction }) => prediction)];
  }
  const times = predictions as readonly TimePrediction[];
  return served.durations.horizons.map((horizon) => times.map(({ within }) => within[String(horizon)]));
}
