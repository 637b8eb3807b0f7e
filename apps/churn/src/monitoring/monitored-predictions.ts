import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** The monitored predictions: the probability of each class, the probability of an event within each horizon, or values. */
export function monitoredPredictions<P>(scoring: AnyScoringModel, predictions: readonly P[]): readonly P[] {
  return scoring.task === 'survival' ? predictions.slice(0, scoring.durations.horizons.length) : predictions;
}

/** The name of the predictions of a regression model. */
export const VALUE = 'prediction';

/** The name of the probability of an event within a horizon. */
export function withinName(horizon: number): string {
  return `within ${horizon}`;
}

/** The names of a regression or survival model's predictions in monitoring. */
export function predictionNames(scoring: Exclude<AnyScoringModel, { task: 'classes' }>): string[] {
  return scoring.task === 'value' ? [VALUE] : scoring.durations.horizons.map(withinName);
}

/** Predictions by name. */
export function namedPredictions<P>(names: readonly string[], predictions: readonly P[]): Map<string, P> {
  return new Map(names.map((name, i) => [name, predictions[i]]));
}
