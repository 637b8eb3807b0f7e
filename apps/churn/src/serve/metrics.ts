import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { RowWarning } from '../scoring/row-warnings.js';

/** The metrics of a service for Prometheus. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const warnings = createWarningMetrics();
  return {
    /** Public metrics: of the process and its requests, not of models or rows. */
    registry,
    /** Metrics that name columns of the model. */
    ofModel: warnings.registry,
    /** Counts the warnings of a row. */
    warn: warnings.count,
    requests: new Counter({
      name: 'churn_requests_total',
      help: 'Requests answered',
      labelNames: ['route', 'method', 'status'],
      registers,
    }),
    rows: new Counter({ name: 'churn_rows_total', help: 'Rows scored or explained', registers }),
    seconds: new Histogram({
      name: 'churn_request_seconds',
      help: 'Time to answer',
      labelNames: ['route'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
  };
}

/** Warnings about rows, by column of the model, which bounds the number of series. */
function createWarningMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const ofColumn = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['column'], registers });
  const values = {
    unseen: ofColumn('churn_unseen_values_total', 'Categories not seen in training that violate no rule'),
    far: ofColumn('churn_far_values_total', 'Numbers far beyond the training range that violate no rule'),
    rule: ofColumn('churn_rule_violations_total', 'Values that violate a declared rule'),
  };
  const emptyRows = new Counter({
    name: 'churn_mostly_empty_rows_total',
    help: 'Rows with most columns empty, even those that nearly every training row had',
    registers,
  });
  return {
    registry,
    count(warnings: readonly RowWarning[]) {
      for (const { kind, column } of warnings) {
        if (kind === 'empty') emptyRows.inc();
        else values[kind].inc({ column });
      }
    },
  };
}
