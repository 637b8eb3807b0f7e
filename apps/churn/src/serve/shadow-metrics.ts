import { Counter, Histogram, Registry } from 'prom-client';

/**
 * The upper bounds of histogram buckets for absolute differences of probabilities, or of values in standard deviations; the last includes
 * larger ones.
 */
export const DIFFERENCE_BOUNDS = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** The metrics of a challenger in shadow mode for Prometheus, as counters. */
export function createShadowMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  return {
    registry,
    otherDecisions: counter(
      'churn_shadow_other_decisions_total',
      'Rows for which the challenger predicts a different class',
    ),
    failed: counter('churn_shadow_failed_rows_total', 'Answered rows that the challenger could not score'),
    dropped: counter('churn_shadow_dropped_rows_total', 'Answered rows that the challenger had no time for'),
    difference: new Histogram({
      name: 'churn_shadow_difference',
      help: 'Absolute difference of the probabilities that the challenger and the served model give a row, or of their values in standard deviations',
      buckets: [...DIFFERENCE_BOUNDS],
      registers,
    }),
  };
}
