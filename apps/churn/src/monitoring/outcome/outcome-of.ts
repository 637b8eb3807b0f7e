import type { AnyScoringModel } from '../../scoring/scoring-model.js';
import { classOutcome } from './class-outcome.js';
import type { Outcome, OutcomeMetric } from './outcome.js';
import { timeMetrics, timeOutcome } from './time-outcome.js';
import { valueMetrics, valueOutcome } from './value-outcome.js';

/** The outcome reader of a model. @param column its target. */
export function outcomeOf(scoring: AnyScoringModel, column: string): Outcome {
  if (scoring.task === 'classes') return classOutcome(scoring, column);
  return scoring.task === 'value' ? valueOutcome(column) : timeOutcome(column, scoring.durations);
}

/** The metrics of a regression or survival model; those of classifiers are computed elsewhere. */
export function metricsOf(scoring: AnyScoringModel): readonly OutcomeMetric[] {
  if (scoring.task === 'value') return valueMetrics;
  return scoring.task === 'survival' ? timeMetrics(scoring.durations.horizons) : [];
}
