import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The figures of a service for Prometheus: of the process and its requests, nothing of models and rows. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
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
