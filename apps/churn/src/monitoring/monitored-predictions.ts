import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** What of a model's predictions is compared with earlier ones: the probability of each class or of an event within each horizon, or values. */
export function monitoredPredictions<P>(scoring: AnyScoringModel, predictions: readonly P[]): readonly P[] {
  return scoring.task === 'survival' ? predictions.slice(0, scoring.durations.horizons.length) : predictions;
}

/** What the predictions of a model of values are called. */
export const VALUE = 'prediction';

/** What the probability of an event within a horizon is called. */
export function withinName(horizon: number): string {
  return `within ${horizon}`;
}

/** What a model of values or times predicts of a row, as monitoring calls it. */
export function predictionNames(scoring: Exclude<AnyScoringModel, { task: 'classes' }>): string[] {
  return scoring.task === 'value' ? [VALUE] : scoring.durations.horizons.map(withinName);
}

/** Predictions of numbers by their names. */
export function namedPredictions<P>(names: readonly string[], predictions: readonly P[]): Map<string, P> {
  return new Map(names.map((name, i) => [name, predictions[i]]));
}
