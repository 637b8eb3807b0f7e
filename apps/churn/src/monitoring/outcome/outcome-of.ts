import type { AnyScoringModel } from '../../scoring/scoring-model.js';
import { classOutcome } from './class-outcome.js';
import type { Outcome, OutcomeMetric } from './outcome.js';
import { timeMetrics, timeOutcome } from './time-outcome.js';
import { valueMetrics, valueOutcome } from './value-outcome.js';

/** How what became of the rows of a model is read. @param column its target. */
export function outcomeOf(scoring: AnyScoringModel, column: string): Outcome {
  if (scoring.task === 'classes') return classOutcome(scoring, column);
  return scoring.task === 'value' ? valueOutcome(column) : timeOutcome(column, scoring.durations);
}

/** The figures of a model of values or times; those of classes are told by their probabilities, and are none of these. */
export function metricsOf(scoring: AnyScoringModel): readonly OutcomeMetric[] {
  if (scoring.task === 'value') return valueMetrics;
  return scoring.task === 'survival' ? timeMetrics(scoring.durations.horizons) : [];
}
